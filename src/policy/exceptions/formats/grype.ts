import { isMap, type Node } from 'yaml';
import {
  itemsOf,
  type Member,
  memberOf,
  membersOf,
  readUserYaml,
  textOf,
  type UserYaml,
} from '#foundation/documents/user-yaml.ts';
import { err, ok, type Result, suggestion } from '#foundation/index.ts';
import { globPattern, regularExpression } from '#foundation/patterns/index.ts';
import type { Subject } from '../../subject.ts';
import { kindCriterion } from '../criteria.ts';
import { type Criterion, type Exception, type ExceptionList, invalidException } from '../exception.ts';
import { fixStateOf, languageOf, matchTypesOf, namespacesOf, packageTypeOf } from './grype-words.ts';

const MAX_RULES = 10_000;

/** How one member of a rule narrows it. */
type Compile = (written: string) => Result<Criterion>;

const RULE: ReadonlyMap<string, Compile> = new Map([
  ['vulnerability', (written) => ok(({ ids }) => ids.some((id) => id.toLowerCase() === written.toLowerCase()))],
  [
    'namespace',
    (written) =>
      ok(({ vulnerability }) => vulnerability !== undefined && namespacesOf(vulnerability).includes(written)),
  ],
  [
    'fix-state',
    (written) => ok(({ vulnerability }) => vulnerability !== undefined && fixStateOf(vulnerability) === written),
  ],
  [
    'match-type',
    (written) =>
      ok(({ vulnerability }) => vulnerability !== undefined && matchTypesOf(vulnerability).includes(written)),
  ],
  [
    'vex-status',
    (written) => ok(({ decision }) => decision?.source === 'vex' && decision.state === written.replaceAll('_', '-')),
  ],
  [
    'vex-justification',
    (written) => ok(({ decision }) => decision?.source === 'vex' && decision.justification === written),
  ],
]);

const PACKAGE: ReadonlyMap<string, Compile> = new Map([
  [
    'name',
    (written) => namePattern(written, ({ package: owner }) => (owner ? [owner.name, lastPart(owner.name)] : [])),
  ],
  ['version', (written) => ok(({ package: owner }) => owner?.version === written)],
  ['language', (written) => ok(({ package: owner }) => owner !== undefined && languageOf(owner.type) === written)],
  ['type', (written) => ok(({ package: owner }) => owner !== undefined && packageTypeOf(owner.type) === written)],
  ['location', locationPattern],
  [
    'upstream-name',
    (written) => namePattern(written, ({ package: owner }) => (owner?.source ? [owner.source.name] : [])),
  ],
]);

/** Members that say nothing of what the rule is for. Ids are always compared with all aliases, as `include-aliases` wants it. */
const BESIDE = ['reason', 'include-aliases', 'package'];

/** Reads the `ignore:` rules of a Grype configuration. https://github.com/anchore/grype#specifying-matches-to-ignore */
export function parseGrypeIgnore(text: string, file: string): ExceptionList {
  const yaml = readUserYaml(text, file);
  if (!yaml.ok) return { exceptions: [], problems: [invalidException(yaml.error, file)] };
  const rules = itemsOf(memberOf(yaml.value.root, 'ignore'));
  const read = rules.slice(0, MAX_RULES).map((rule) => ruleOf(rule, yaml.value, file));
  if (rules.length > MAX_RULES) read.push(`${file}: only ${MAX_RULES} rules are read`);
  return {
    exceptions: read.filter((one) => typeof one !== 'string'),
    problems: read.filter((one) => typeof one === 'string').map((fault) => invalidException(fault, file)),
  };
}

/** An exception, or what is wrong with the rule. */
function ruleOf(rule: Node | null, yaml: UserYaml, file: string): Exception | string {
  if (!isMap(rule)) return `${yaml.place(rule)}: a rule is a mapping`;
  const criteria: Criterion[] = [];
  const words: string[] = [];
  const parts: [Member[], ReadonlyMap<string, Compile>, readonly string[]][] = [
    [membersOf(rule), RULE, BESIDE],
    [membersOf(memberOf(rule, 'package')), PACKAGE, []],
  ];
  for (const [members, known, beside] of parts) {
    for (const { name, key, value } of members) {
      if (beside.includes(name)) continue;
      const compile = known.get(name);
      // What is not understood may narrow the rule: without it more would be closed than was meant.
      if (!compile)
        return `${yaml.place(key)}: unknown member ${JSON.stringify(name)}${suggestion(name, [...known.keys(), ...beside])}`;
      const written = textOf(value);
      if (written === undefined) return `${yaml.place(value ?? key)}: ${name} is a text`;
      if (written === '') continue;
      const criterion = compile(written);
      if (!criterion.ok) return `${yaml.place(value)}: ${name} ${criterion.error}`;
      criteria.push(criterion.value);
      words.push(written);
    }
  }
  if (criteria.length === 0) return `${yaml.place(rule)}: a rule without a condition is for nothing`;
  const id = textOf(memberOf(rule, 'vulnerability'));
  return {
    name: words.join(' ').slice(0, 200),
    statedIn: `${file}:${yaml.line(rule)}`,
    state: 'accepted',
    reason: textOf(memberOf(rule, 'reason'))?.trim() || 'listed without a reason',
    untilFix: false,
    criteria: [kindCriterion('vulnerability'), ...criteria],
    ...(id && { exactIds: [id.toLowerCase()] }),
  };
}

/** Names are regular expressions for the whole name, put between anchors as they are: `a|b` is `^a|b$`. */
function namePattern(written: string, names: (subject: Subject) => readonly string[]): Result<Criterion> {
  const pattern = regularExpression(`^${written}$`);
  if (!pattern.ok) return err(`is a pattern that ${pattern.error}`);
  return ok((subject) => names(subject).some((name) => pattern.value.matches(name)));
}

function locationPattern(written: string): Result<Criterion> {
  const pattern = globPattern(written);
  if (!pattern.ok) return err(`is a glob that ${pattern.error}`);
  return ok(({ locations }) =>
    locations.some(({ path }) => pattern.value.matches(path) || pattern.value.matches(`/${path}`)),
  );
}

/** The artifact of a Maven name, the package of an npm scope: Grype has it without what is before. */
function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('/')) + 1);
}
