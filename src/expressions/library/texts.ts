import { EvaluationFault, type Integer, sizeOfText, typeNameOf, type Value, type ValueMap } from '../values/value.ts';
import { available, declared, NEVER } from './availability.ts';
import { formatText } from './format.ts';
import { global, member, type Overload } from './function.ts';
import { replaceText } from './replacement.ts';

const LIMIT = 1_000_000;

/** Both ways of calling: `size(a)` and `a.size()`. */
function both(name: string, signature: string, run: Overload['run']): Overload[] {
  return [global(name, signature, run), member(name, signature, run)];
}

export const sizes: readonly Overload[] = [
  ...both('size', 'string -> int', sizeOfText),
  ...both('size', 'bytes -> int', (a: Uint8Array) => a.length),
  ...both('size', 'list(A) -> int', (a: readonly Value[]) => a.length),
  ...both('size', 'map(A, B) -> int', (a: ValueMap) => a.size),
  member('contains', 'string, string -> bool', (a: string, b: string) => a.includes(b)),
  member('startsWith', 'string, string -> bool', (a: string, b: string) => a.startsWith(b)),
  member('endsWith', 'string, string -> bool', (a: string, b: string) => a.endsWith(b)),
];

/** The extension `strings`; places are counted in code points. */
export const texts: readonly Overload[] = [
  member('charAt', 'string, int -> string', charAt),
  member('indexOf', 'string, string -> int', (a: string, b: string) => indexOf(a, b, 0)),
  member('indexOf', 'string, string, int -> int', indexOf),
  member('lastIndexOf', 'string, string -> int', (a: string, b: string) => lastIndexOf(a, b, undefined)),
  member('lastIndexOf', 'string, string, int -> int', lastIndexOf),
  member('join', 'list(string) -> string', (a: readonly Value[]) => join(a, '')),
  member('join', 'list(string), string -> string', join),
  member('lowerAscii', 'string -> string', (a: string) => a.replace(/[A-Z]+/g, (word) => word.toLowerCase())),
  member('upperAscii', 'string -> string', (a: string) => a.replace(/[a-z]+/g, (word) => word.toUpperCase())),
  member('replace', 'string, string, string -> string', (a: string, b: string, c: string) => replaceText(a, b, c, -1)),
  member('replace', 'string, string, string, int -> string', replaceText),
  member('split', 'string, string -> list(string)', (a: string, b: string) => split(a, b, -1)),
  member('split', 'string, string, int -> list(string)', split),
  member('substring', 'string, int -> string', (a: string, from: Integer) => substring(a, from, undefined)),
  member('substring', 'string, int, int -> string', substring),
  member('trim', 'string -> string', trim),
];

/** What later versions of the extension added. */
export const laterTexts: readonly Overload[] = [
  ...available(NEVER, [member('reverse', 'string -> string', (a: string) => [...a].reverse().join(''))]),
  ...available(declared(29), [
    member('format', 'string, list(dyn) -> string', formatText),
    global('strings.quote', 'string -> string', quote),
  ]),
];

const isAscii = (text: string): boolean => sizeOfText(text) === text.length;

/** The offset in UTF-16 of the nth code point. */
function offsetOf(text: string, place: Integer, what: string): number {
  const size = sizeOfText(text);
  if (place < 0 || place > size) throw new EvaluationFault(`index out of range: ${what} ${place} of a text of ${size}`);
  if (isAscii(text)) return Number(place);
  let offset = 0;
  for (let count = 0; count < place; count++) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

function charAt(text: string, place: Integer): string {
  const offset = offsetOf(text, place, 'charAt');
  return offset >= text.length ? '' : String.fromCodePoint(text.codePointAt(offset) ?? 0);
}

function indexOf(text: string, wanted: string, from: Integer): Integer {
  const offset = offsetOf(text, from, 'indexOf');
  const found = text.indexOf(wanted, offset);
  return found < 0 ? -1 : sizeOfText(text.slice(0, found));
}

function lastIndexOf(text: string, wanted: string, from: Integer | undefined): Integer {
  const offset = from === undefined ? text.length : offsetOf(text, from, 'lastIndexOf');
  const found = text.lastIndexOf(wanted, offset);
  return found < 0 ? -1 : sizeOfText(text.slice(0, found));
}

function substring(text: string, from: Integer, to: Integer | undefined): string {
  const start = offsetOf(text, from, 'substring');
  const end = to === undefined ? text.length : offsetOf(text, to, 'substring');
  if (end < start) throw new EvaluationFault(`index out of range: substring from ${from} to ${to}`);
  return text.slice(start, end);
}

function join(list: readonly Value[], separator: string): string {
  let size = 0;
  const words = list.map((item) => {
    if (typeof item !== 'string')
      throw new EvaluationFault(`no such overload: join of a list with ${typeNameOf(item)}`);
    size += item.length + separator.length;
    if (size > LIMIT * 8) throw new EvaluationFault('join would make a text that is too long');
    return item;
  });
  return words.join(separator);
}

function split(text: string, separator: string, limit: Integer): string[] {
  if (limit === 0) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (limit < 0 || parts.length <= limit) return parts;
  const count = Number(limit) - 1;
  return [...parts.slice(0, count), parts.slice(count).join(separator)];
}

/** What Unicode calls white space, without the byte order mark, which JavaScript counts. */
function trim(text: string): string {
  const blank = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text[start] ?? '')) start += 1;
  while (end > start && blank.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

const QUOTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '\\': '\\\\',
    '"': '\\"',
  }),
);

function quote(text: string): string {
  return `"${text.toWellFormed().replace(/[\x07-\r\\"]/g, (one) => QUOTED.get(one) ?? one)}"`;
}
