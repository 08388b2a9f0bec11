/** `NAME = "value"` in any of the ways in which languages, configurations and command lines write it. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Where the value begins, in the text that was read. */
  readonly at: number;
  readonly isQuoted: boolean;
}

const MAX_NAME = 64;
const MAX_GAP = 16;
const MAX_VALUE = 2200;

/**
 * Reads the assignment whose name covers `from` to `to`. Goes over each character once, so that hostile text costs no more than
 * its length. Undefined where there is none: a comparison, a call, a name without value.
 */
export function assignmentAt(text: string, from: number, to: number): Assignment | undefined {
  const start = nameStart(text, from);
  const end = nameEnd(text, to);
  const name = text.slice(start, end);
  const closed = skip(text, end, isCloser, 4);
  const sign = separatorAt(text, start, end, closed);
  if (sign === undefined) return undefined;
  const found = sign.isElement ? elementText(text, sign.end) : valueAt(text, sign.end);
  if (found === undefined) return undefined;
  return afterAnnotation(text, name, found) ?? { name, ...found };
}

function nameStart(text: string, from: number): number {
  let start = from;
  while (start > 0 && from - start < MAX_NAME && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function nameEnd(text: string, to: number): number {
  let end = to;
  while (end - to < MAX_NAME && isNameCharacter(text.charCodeAt(end))) end += 1;
  return end;
}

interface Separator {
  readonly end: number;
  /** `<name>`: the value goes to the next `<`. */
  readonly isElement: boolean;
}

/** `=`, `:`, `:=`, `=>`, the comma of `define("NAME", …)`, the `>` of `<NAME>`, the space of `--name value` and of `ENV NAME value`. */
function separatorAt(text: string, start: number, end: number, closed: number): Separator | undefined {
  const at = skip(text, closed, isBlank, MAX_GAP);
  const [sign, next] = [text[at], text[at + 1]];
  if (sign === '=' && next !== '=' && next !== '~') return { end: next === '>' ? at + 2 : at + 1, isElement: false };
  if (sign === ':' && next !== ':') return { end: next === '=' ? at + 2 : at + 1, isElement: false };
  if (sign === ',' && closed > end && isFirstArgument(text, start)) return { end: at + 1, isElement: false };
  if (sign === '>' && at === end && text[start - 1] === '<') return { end: at + 1, isElement: true };
  const isSpaced =
    at > end && closed === end && (text[start] === '-' || text.slice(Math.max(0, start - 4), start) === 'ENV ');
  return isSpaced ? { end: at, isElement: false } : undefined;
}

/** `define('NAME', …`, `["NAME", …`: other lists of names are no assignments. */
function isFirstArgument(text: string, start: number): boolean {
  return /[([]\s{0,4}["'`]$/.test(text.slice(Math.max(0, start - 6), start));
}

type Value = Omit<Assignment, 'name'>;

function elementText(text: string, at: number): Value | undefined {
  const end = text.indexOf('<', at);
  if (end <= at || end - at > MAX_VALUE) return undefined;
  const value = text.slice(at, end);
  return { value: value.trim(), at: at + value.length - value.trimStart().length, isQuoted: true };
}

function valueAt(text: string, from: number): Value | undefined {
  const at = skip(text, from, isBlank, MAX_GAP);
  const prefix = /["'`]/.test(text[at + 1] ?? '') && /[bBrRuU]/.test(text[at] ?? '') ? 1 : 0;
  const escaped = text[at] === '\\' ? 1 : 0;
  const quote = text[at + prefix + escaped] ?? '';
  return /["'`]/.test(quote) ? quoted(text, at + prefix + escaped, escaped === 1) : unquoted(text, at);
}

/** To the same quote again; inside of another text both are escaped. Nothing where a line ends before. */
function quoted(text: string, open: number, isEscaped: boolean): Value | undefined {
  const quote = text.charCodeAt(open);
  for (let at = open + 1; at < text.length && at - open <= MAX_VALUE; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return undefined;
    if (code === BACKSLASH) {
      if (isEscaped) return value(text, open + 1, at);
      at += 1;
    } else if (code === quote) return value(text, open + 1, at);
  }
  return undefined;
}

function value(text: string, from: number, to: number): Value | undefined {
  return to > from ? { value: text.slice(from, to), at: from, isQuoted: true } : undefined;
}

/** To the next white space or sign that ends a value in most languages; cut off where it is longer than any secret. */
function unquoted(text: string, from: number): Value | undefined {
  const end = skip(text, from, isBareCharacter, MAX_VALUE);
  if (end === from || text[end] === '(') return undefined;
  return { value: text.slice(from, end), at: from, isQuoted: false };
}

/** `password: str = "value"`: what seemed to be the value is a type. */
function afterAnnotation(text: string, name: string, found: Value): Assignment | undefined {
  if (found.isQuoted || !/^[A-Za-z][\w.]{0,40}$/.test(found.value)) return undefined;
  const sign = skip(text, found.at + found.value.length, isBlank, MAX_GAP);
  if (text[sign] !== '=' || text[sign + 1] === '=') return undefined;
  const inner = valueAt(text, sign + 1);
  return inner && { name, ...inner };
}

function skip(text: string, from: number, passes: (code: number) => boolean, most: number): number {
  let at = from;
  while (at < text.length && at - from < most && passes(text.charCodeAt(at))) at += 1;
  return at;
}

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;

const table = (characters: string) => {
  const known = new Uint8Array(256);
  for (const character of characters) known[character.charCodeAt(0)] = 1;
  return (code: number) => known[code] === 1;
};

const isNameCharacter = table('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-');
const isCloser = table('"\'`\\]');
const isBlank = table(' \t');
const isEnd = table(' \t\r\n\v\f\0"\'`<>,;&|(){}[]');
const isBareCharacter = (code: number) => !isEnd(code);
