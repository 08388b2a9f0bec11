import { isScalar, isSeq, type Node, stringify, type YAMLSeq } from 'yaml';
import { memberOf, readUserYaml } from '#foundation/documents/user-yaml.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { parsePlimsollExceptions } from './formats/plimsoll.ts';

/** Members of an entry in the order in which they are written. */
export interface NewException {
  readonly id?: string;
  readonly package?: string;
  readonly path?: string;
  readonly fingerprint?: string;
  readonly object?: string;
  readonly kind?: string;
  readonly image?: string;
  readonly reason: string;
  readonly state?: string;
  readonly justification?: string;
  readonly author?: string;
  readonly 'approved-by'?: string;
  readonly created?: string;
  readonly expires?: string;
  readonly 'until-fix'?: boolean;
}

const EMPTY_FILE = '# What was decided about findings: docs/reference/exceptions.md of Plimsoll.\nexceptions:\n';

/**
 * The text of an exceptions file with one more entry at the end of its list. What stood there before stays as it was, byte for byte:
 * comments, order, quotes. An entry that would not be valid is an error and says what is wrong.
 */
export function appendException(text: string, entry: NewException, file: string): Result<string> {
  const before = text.trim() === '' ? EMPTY_FILE : text.endsWith('\n') ? text : `${text}\n`;
  const yaml = readUserYaml(before, file);
  if (!yaml.ok) return yaml;
  const list = memberOf(yaml.value.root, 'exceptions');
  const place = placeFor(list, before);
  if (!place.ok) return err(`${file}: ${place.error}`);
  const written = indented(stringify([entry], { lineWidth: 0 }), place.value.indent);
  const after = `${before.slice(0, place.value.from)}${written}${before.slice(place.value.to)}`;
  return checked(before, after, file);
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly indent: number;
}

/** Where the new entry goes: behind the last one, or in place of an empty list. */
function placeFor(list: Node | null, text: string): Result<Place> {
  if (isSeq(list) && list.flow === true) {
    if (list.items.length > 0) return err('the list is written in brackets; write it with one "- " a line');
    const [start = 0, end = 0] = list.range ?? [];
    // `exceptions: []` becomes `exceptions:` with the entry on the next line.
    const lineEnd = endOfLine(text, end);
    return text.slice(end, lineEnd).trim() === ''
      ? ok({ from: blanksBefore(text, start), to: lineEnd, indent: -1 })
      : err('something stands behind the empty list');
  }
  if (isSeq(list)) return placeBehind(list, text);
  if (list !== null && !isEmpty(list)) return err('"exceptions" is not a list');
  const key = /^exceptions:[ \t]*(?:~|null)?[ \t]*(?:#.*)?$/m.exec(text);
  if (key === null) return err('there is no list "exceptions:" to add to');
  const from = endOfLine(text, key.index);
  return ok({ from: from + 1, to: from + 1, indent: 2 });
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function placeBehind(list: YAMLSeq, text: string): Result<Place> {
  const last = list.items.at(-1);
  const end = isNode(last) ? (last.range?.[1] ?? 0) : 0;
  const start = list.range?.[0] ?? 0;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  // The range of a block ends behind its line end already.
  const from = text[end - 1] === '\n' ? end : endOfLine(text, end) + 1;
  return ok({ from, to: from, indent });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value;
}

function blanksBefore(text: string, at: number): number {
  let from = at;
  while (from > 0 && /[ \t]/.test(text[from - 1] ?? '')) from -= 1;
  return from;
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function indented(yaml: string, indent: number): string {
  const lines = yaml.trimEnd().split('\n');
  const by = ' '.repeat(indent === -1 ? 2 : indent);
  const block = lines.map((line) => (line === '' ? '' : `${by}${line}`)).join('\n');
  return indent === -1 ? `\n${block}` : `${block}\n`;
}

/** Nothing is written that cannot be read again with exactly one exception more. */
function checked(before: string, after: string, file: string): Result<string> {
  const [was, is] = [parsePlimsollExceptions(before, file), parsePlimsollExceptions(after, file)];
  const fault = is.problems.find(({ message }) => !was.problems.some((known) => known.message === message));
  if (fault) return err(fault.message);
  if (is.exceptions.length !== was.exceptions.length + 1)
    return err(`${file}: the entry could not be added in its place; add it by hand`);
  return ok(after);
}
