import type { Place, YamlDocument, YamlPath } from '#manifests/index.ts';
import type { TextEdit } from '../check.ts';

/** What an edit writes: mappings of texts, truths, numbers and short lists. */
export type Written = string | number | boolean | readonly string[] | { readonly [name: string]: Written };

/**
 * The edit after which the value at the path is this one: replaces a scalar, or writes the member, and the mappings on the way to it that
 * are missing, in the style of what is around it. Undefined where that would change anything else: behind an anchor that other places
 * use, over something that is no scalar, in a mapping that is written in an unusual way.
 */
export function editMember(document: YamlDocument, path: YamlPath, value: Written): TextEdit[] | undefined {
  const existing = document.placeOf(path);
  if (existing !== undefined) return replaceScalar(existing, value);
  for (let length = path.length - 1; length >= 0; length--) {
    const place = document.placeOf(path.slice(0, length));
    if (place === undefined) continue;
    const missing = path.slice(length);
    if (place.shared || place.kind !== 'mapping' || missing.some((step) => typeof step === 'number')) return undefined;
    const [name = '', ...inner] = missing.map(String);
    return insertInto(document.text, place, name, nested(inner, value));
  }
  return undefined;
}

/** The edit that puts a text in front of a list of them, or makes the list. */
export function editListItem(document: YamlDocument, path: YamlPath, item: string): TextEdit[] | undefined {
  const place = document.placeOf(path);
  if (place === undefined) return editMember(document, path, [item]);
  const { start, kind, style, shared, first } = place;
  if (shared || kind !== 'sequence') return undefined;
  if (style === 'flow') return insertion(start + 1, JSON.stringify(item) + (first === undefined ? '' : ', '));
  return insertion(start, `- ${item}${lineBreakOf(document.text)}${' '.repeat(columnOf(document.text, start))}`);
}

function replaceScalar({ kind, style, start, end, shared }: Place, value: Written): TextEdit[] | undefined {
  if (shared || kind !== 'scalar' || start === end || style === 'lines' || typeof value === 'object') return undefined;
  return [{ start, end, text: flow(value, style === 'double-quoted') }];
}

function nested(names: readonly string[], value: Written): Written {
  return names.reduceRight<Written>((inner, name) => ({ [name]: inner }), value);
}

function insertInto(text: string, map: Place, name: string, value: Written): TextEdit[] | undefined {
  if (map.style === 'flow') return insertIntoFlow(text, map.start + 1, map.first === undefined, name, value);
  if (map.first === undefined) return undefined;
  const column = columnOf(text, map.first.start);
  const lineBreak = lineBreakOf(text);
  const lines = block(name, value, 0).map((line, at) => (at === 0 ? line : ' '.repeat(column) + line));
  const written = lines.join(lineBreak);
  const end = endOfLineAfter(text, map.firstValue);
  if (end === undefined) return insertion(map.first.start, `${written}${lineBreak}${' '.repeat(column)}`);
  return insertion(end, `${lineBreak}${' '.repeat(column)}${written}`);
}

/** Of a first member on one line, such as the `name` of a container, the end of its line: behind it reads better than before it. */
function endOfLineAfter(text: string, value: Place | undefined): number | undefined {
  if (value === undefined || value.style === 'lines') return undefined;
  const { start, end } = value;
  if (start === end || text.slice(start, end).includes('\n')) return undefined;
  const newline = text.indexOf('\n', end);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

function insertIntoFlow(text: string, at: number, empty: boolean, name: string, value: Written): TextEdit[] {
  const json = empty || /^\s{0,200}"/.test(text.slice(at, at + 201));
  const written = `${json ? JSON.stringify(name) : name}: ${flow(value, json)}`;
  return insertion(at, empty ? written : `${written}, `);
}

function block(name: string, value: Written, indent: number): string[] {
  const start = `${' '.repeat(indent)}${name}:`;
  if (!isMapping(value)) return [`${start} ${flow(value, false)}`];
  return [start, ...Object.entries(value).flatMap(([inner, of]) => block(inner, of, indent + 2))];
}

function flow(value: Written, json: boolean): string {
  if (typeof value === 'string') return json || !/^[A-Za-z][\w./-]*$/.test(value) ? JSON.stringify(value) : value;
  if (isMapping(value)) {
    const members = Object.entries(value).map(
      ([name, of]) => `${json ? JSON.stringify(name) : name}: ${flow(of, json)}`,
    );
    return `{${members.join(', ')}}`;
  }
  return typeof value === 'object' ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : String(value);
}

function isMapping(value: Written): value is { readonly [name: string]: Written } {
  return typeof value === 'object' && !Array.isArray(value);
}

function insertion(at: number, text: string): TextEdit[] {
  return [{ start: at, end: at, text }];
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function lineBreakOf(text: string): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
