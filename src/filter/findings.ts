import { findingStates } from '#findings/index.ts';
import type { Severity } from '#model/index.ts';
import type { Field } from './field.ts';
import type { FilterLanguage } from './parse.ts';

/** As comparisons see it: `unknown` is less than the others, though lists show it last. */
export const severityOrder = [
  'unknown',
  'info',
  'low',
  'medium',
  'high',
  'critical',
] as const satisfies readonly Severity[];

/** Lists of findings are filtered by these: docs/reference/finding-query.md. A name never changes its meaning. */
const fields = [
  {
    name: 'severity',
    type: { kind: 'word', words: severityOrder, isOrdered: true },
    about:
      'How bad it is. Of all comparisons `unknown` is less than the others, and is only found where it is named or included.',
    example: 'severity>=high',
  },
  {
    name: 'state',
    type: { kind: 'word', words: findingStates, isOrdered: false },
    about: 'Where it stands.',
    example: 'state:open,in-progress',
  },
  {
    name: 'is',
    type: {
      kind: 'word',
      words: ['open', 'decided', 'fixed', 'overdue', 'exploited', 'reopened', 'excepted'],
      isOrdered: false,
    },
    about:
      '`open`: open or in progress. `decided`: accepted, false positive or not affected. `overdue`: open after its date. `exploited`: known to be used in attacks. `reopened`: came back at least once. `excepted`: decided by an exception of the server.',
    example: 'is:open',
  },
  {
    name: 'kind',
    type: { kind: 'pattern' },
    about: 'What sort of finding: `vulnerability`, `secret`, `malware`, `misconfiguration`, `licence`, …',
    example: 'kind:vulnerability',
  },
  {
    name: 'rule',
    type: { kind: 'pattern' },
    about: 'Id of the advisory, check or rule.',
    example: 'rule:CVE-2024-*',
  },
  {
    name: 'package',
    type: { kind: 'pattern' },
    about: 'Name of the package without namespace and version, as in its package URL.',
    example: 'package:openssl',
  },
  {
    name: 'asset',
    type: { kind: 'pattern' },
    about: 'Name of what has it: repository, host, project or workload.',
    example: 'asset:registry.example/shop/*',
  },
  {
    name: 'asset-kind',
    type: { kind: 'word', words: ['repository', 'host', 'project', 'workload'], isOrdered: false },
    about: 'Kind of what has it.',
    example: 'asset-kind:host',
  },
  {
    name: 'exposure',
    type: { kind: 'word', words: ['internet', 'internal', 'unknown'], isOrdered: false },
    about: 'From where the asset can be reached.',
    example: 'exposure:internet',
  },
  {
    name: 'team',
    type: { kind: 'pattern' },
    isOptional: true,
    about: 'Name of the team that owns the asset.',
    example: 'team:shop,none',
  },
  {
    name: 'assignee',
    type: { kind: 'account' },
    isOptional: true,
    about: 'Who is to do something about it.',
    example: 'assignee:me',
  },
  {
    name: 'due',
    type: { kind: 'time', direction: 'ahead' },
    isOptional: true,
    about: 'When it has to be done. `due<7d`: within seven days or overdue.',
    example: 'due<7d',
  },
  {
    name: 'seen',
    type: { kind: 'time', direction: 'back' },
    about: 'When it was first seen. `seen>7d`: within the last seven days (later than seven days ago).',
    example: 'seen>7d',
  },
  {
    name: 'fixed',
    type: { kind: 'time', direction: 'back' },
    isOptional: true,
    about: 'When it was proven fixed.',
    example: 'fixed>30d',
  },
  {
    name: 'rank',
    type: { kind: 'number' },
    about: 'How soon to act among its like: 0 to 100.',
    example: 'rank>=50',
  },
  {
    name: 'text',
    type: { kind: 'text' },
    about:
      'Words of title, rule and subject: all of them, in any order, whole but for those with `*` behind. Words without a field are the same.',
    example: 'text:"buffer overflow"',
  },
] as const satisfies readonly Field[];

export type FindingField = (typeof fields)[number]['name'];

export const findingLanguage: FilterLanguage<FindingField> = { fields, textField: 'text' };
