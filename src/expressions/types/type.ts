/** What the checker knows of a value. `dyn` may be anything; a parameter stands for one type within one call. */
export interface Type {
  /** `int`, `list`, `map`, `optional_type`, `type`, `google.protobuf.Duration`, …; of a parameter its letter. */
  readonly name: string;
  readonly of: readonly Type[];
  readonly isParameter?: boolean;
  /** Of an object with a schema; others have no fields, or any. */
  readonly fields?: ReadonlyMap<string, Type>;
}

const simple = (name: string): Type => ({ name, of: [] });

export const DYN = simple('dyn');
export const BOOL = simple('bool');
export const INT = simple('int');

export const listOf = (of: Type): Type => ({ name: 'list', of: [of] });
export const mapOf = (key: Type, value: Type): Type => ({ name: 'map', of: [key, value] });
export const optionalOf = (of: Type): Type => ({ name: 'optional_type', of: [of] });
export const typeOf = (of: Type): Type => ({ name: 'type', of: [of] });

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['null', 'null_type'],
  ['duration', 'google.protobuf.Duration'],
  ['timestamp', 'google.protobuf.Timestamp'],
  ['optional', 'optional_type'],
]);

export interface Signature {
  readonly parameters: readonly Type[];
  readonly result: Type;
}

/** `list(A), int -> optional(A)`: single capitals are parameters. */
export function parseSignature(text: string): Signature {
  const [left = '', right = ''] = text.split('->');
  return { parameters: splitTypes(left).map(parseType), result: parseType(right.trim()) };
}

export function parseType(text: string): Type {
  const [, word = '', inner] = /^\s*([\w.]+)(?:\((.*)\))?\s*$/.exec(text) ?? [];
  if (/^[A-Z]$/.test(word)) return { name: word, of: [], isParameter: true };
  const of = inner === undefined ? [] : splitTypes(inner).map(parseType);
  return { name: SHORT_NAMES.get(word) ?? word, of };
}

function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (at < text.length && (text[at] !== ',' || depth > 0)) continue;
    parts.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return parts.filter((part) => part !== '');
}

export function describeType({ name, of }: Type): string {
  const short = [...SHORT_NAMES].find(([, long]) => long === name)?.[0] ?? name;
  return of.length === 0 ? short : `${short}(${of.map(describeType).join(', ')})`;
}
