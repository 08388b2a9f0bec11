import { isMap, isScalar, type YAMLMap } from 'yaml';
import { membersOf, offsetOf, parseRuleFile, type RuleFile, writtenText } from '../rules/file.ts';

/** A place of a file that is written anew. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly why: string;
}

export interface Migration {
  readonly text: string;
  /** Why something was changed: one for each change, with its line. */
  readonly changes: readonly { readonly line: number; readonly why: string }[];
}

/** Rewrites what is deprecated in a file of rules; all else stays as it is, comments and blanks too. */
export function migrateRules(name: string, text: string): Migration {
  const { file, items } = parseRuleFile(name, text);
  const edits = items.filter(isMap).flatMap((item) => editsOf(file, item));
  edits.sort((a, b) => b.from - a.from);
  let migrated = text;
  for (const { from, to, text: written } of edits) migrated = migrated.slice(0, from) + written + migrated.slice(to);
  const changes = edits.map(({ from, why }) => ({ line: file.place(from).line, why })).reverse();
  return { text: migrated, changes };
}

const KEYS = ['rule', 'macro', 'list'] as const;
const APPENDED = ['condition', 'exceptions', 'items'];

function editsOf(file: RuleFile, item: YAMLMap): Edit[] {
  const members = membersOf(item);
  if (members.has('required_engine_version')) return versionEdit(members.get('required_engine_version')?.value);
  if (!KEYS.some((key) => members.has(key))) return [];
  return [
    ...appendEdits(file, item),
    ...toggleEdits(file, item),
    ...conditionEdits(file, item),
    ...outputEdits(file, item),
  ];
}

function versionEdit(node: unknown): Edit[] {
  const text = writtenText(node);
  if (!isScalar(node) || text === undefined || !/^\d+$/.test(text)) return [];
  return [{ ...rangeOf(node), text: `0.${text}.0`, why: 'the version of the engine is written as x.y.z' }];
}

function rangeOf(node: unknown): { from: number; to: number } {
  const from = offsetOf(node);
  return { from, to: isScalar(node) ? (node.range?.[1] ?? from) : from };
}

/** The indentation of the members of an item: `- rule:` has its key two columns behind the dash. */
function indentOf(file: RuleFile, offset: number): string {
  return ' '.repeat(file.place(offset).column - 1);
}

function appendEdits(file: RuleFile, item: YAMLMap): Edit[] {
  const members = membersOf(item);
  const append = members.get('append');
  if (append?.key === undefined || writtenText(append.value) !== 'true') return [];
  const indent = indentOf(file, offsetOf(append.key));
  const keys = APPENDED.filter((key) => members.has(key));
  const lines = ['override:', ...keys.map((key) => `${indent}  ${key}: append`)];
  return [
    {
      from: offsetOf(append.key),
      to: rangeOf(append.value).to,
      text: lines.join('\n'),
      why: '"append" is said under "override"',
    },
  ];
}

function toggleEdits(file: RuleFile, item: YAMLMap): Edit[] {
  const members = membersOf(item);
  const enabled = members.get('enabled');
  const isToggle =
    members.has('rule') &&
    !['condition', 'output', 'desc', 'priority', 'override', 'append'].some((key) => members.has(key));
  if (!isToggle || enabled?.key === undefined) return [];
  const indent = indentOf(file, offsetOf(enabled.key));
  const { to } = rangeOf(enabled.value);
  return [
    {
      from: to,
      to,
      text: `\n${indent}override:\n${indent}  enabled: replace`,
      why: 'a rule is turned on and off under "override"',
    },
  ];
}

/** Checks of the direction of an event, which are always true now. */
function conditionEdits(file: RuleFile, item: YAMLMap): Edit[] {
  return partsOf(
    file,
    membersOf(item).get('condition')?.value,
    / ?(?:\band\s+)?\bevt\.dir\s*==?\s*(?:'<'|"<"|<)(?:\s+and\b)?/g,
    (found) => ({
      text: /^ ?and/.test(found) && /and$/.test(found) ? ' and' : '',
      why: 'evt.dir is deprecated: all events are told when the call has returned',
    }),
  );
}

function outputEdits(file: RuleFile, item: YAMLMap): Edit[] {
  return partsOf(file, membersOf(item).get('output')?.value, /\s?%container\.info\b/g, () => ({
    text: '',
    why: '%container.info is deprecated: the container is added to every output',
  }));
}

function partsOf(
  file: RuleFile,
  node: unknown,
  pattern: RegExp,
  change: (found: string) => { text: string; why: string },
): Edit[] {
  if (!isScalar(node)) return [];
  const { from, to } = rangeOf(node);
  return [...file.text.slice(from, to).matchAll(pattern)].map((match) => {
    const [found] = match;
    const start = from + match.index;
    return { from: start, to: start + found.length, ...change(found) };
  });
}
