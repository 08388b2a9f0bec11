import type { Random } from './random.ts';

type Change = (text: string, random: Random) => string;

/** Pieces that formats give a meaning to, and some that nobody expects. */
const TOKENS: readonly [string, ...string[]] = [
  '\n',
  '\r\n',
  '\n\n',
  '\t',
  ' ',
  '',
  '\0',
  '\u001b[31m',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  'é',
  '🚢',
  ':',
  ';',
  ',',
  '.',
  '..',
  '../',
  '/',
  '//',
  '\\',
  '"',
  "'",
  '`',
  '$(x)',
  '$x',
  '<',
  '>',
  '=',
  '==',
  '|',
  '||',
  '&',
  '@',
  '#',
  '*',
  '^',
  '~',
  '+',
  '-',
  '--',
  '_',
  '!',
  '?',
  '%',
  '%00',
  '%2e%2e',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '()',
  '[]',
  '{}',
  '0',
  '1',
  '-1',
  '00',
  '1e309',
  '1.0',
  '9007199254740993',
  '18446744073709551616',
  '99999999999999999999999999',
  'NaN',
  'null',
  'true',
  'Infinity',
  '__proto__',
  'constructor',
  'toString',
  'sha256:',
  'latest',
  'unknown',
];

/** One random change on the level of characters, words or lines. */
export function mutateText(text: string, other: string, random: Random): string {
  if (random.oneIn(12))
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
  return random.pick(changes)(text, random);
}

const changes: readonly [Change, ...Change[]] = [
  replaceToken,
  replaceToken,
  insertToken,
  insertToken,
  changeCharacter,
  changeCharacter,
  changeNumber,
  deletePart,
  repeatPart,
  deleteLine,
  duplicateLine,
  swapLines,
  joinLines,
  indentLine,
  repeatLineOften,
  growToken,
  changeCase,
  cut,
];

function replaceToken(text: string, random: Random): string {
  const [start, end] = token(text, random);
  return text.slice(0, start) + random.pick(TOKENS) + text.slice(end);
}

function insertToken(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(TOKENS) + text.slice(at);
}

function changeCharacter(text: string, random: Random): string {
  const at = random.below(text.length);
  return text.slice(0, at) + String.fromCharCode(random.below(random.oneIn(4) ? 0x10000 : 0x80)) + text.slice(at + 1);
}

function changeNumber(text: string, random: Random): string {
  const from = random.below(text.length);
  const found = /\d+/.exec(text.slice(from, from + 4096));
  if (found === null) return text;
  const start = from + found.index;
  const number = random.pick([
    '0',
    '1',
    '-1',
    '2147483648',
    '4294967296',
    '9007199254740993',
    `${found[0]}0`,
    `0${found[0]}`,
  ]);
  return text.slice(0, start) + number + text.slice(start + found[0].length);
}

function deletePart(text: string, random: Random): string {
  const at = random.below(text.length);
  return text.slice(0, at) + text.slice(at + random.length(text.length));
}

function repeatPart(text: string, random: Random): string {
  const at = random.below(text.length);
  const part = text.slice(at, at + random.length(64));
  return text.slice(0, at) + part.repeat(2 + random.below(5)) + text.slice(at);
}

function deleteLine(text: string, random: Random): string {
  const lines = text.split('\n');
  lines.splice(random.below(lines.length), random.oneIn(4) ? 1 + random.below(5) : 1);
  return lines.join('\n');
}

function duplicateLine(text: string, random: Random): string {
  const lines = text.split('\n');
  const line = lines[random.below(lines.length)] ?? '';
  lines.splice(random.below(lines.length + 1), 0, line);
  return lines.join('\n');
}

function swapLines(text: string, random: Random): string {
  const lines = text.split('\n');
  const [a, b] = [random.below(lines.length), random.below(lines.length)];
  [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  return lines.join('\n');
}

function joinLines(text: string, random: Random): string {
  const at = text.indexOf('\n', random.below(text.length));
  return at < 0 ? text : text.slice(0, at) + random.pick(['', ' ', '\r', ',']) + text.slice(at + 1);
}

function indentLine(text: string, random: Random): string {
  const at = text.indexOf('\n', random.below(text.length)) + 1;
  return text.slice(0, at) + random.pick([' ', '\t', '#', '- ', '  ']) + text.slice(at);
}

/** Repetition is what makes a quadratic loop or a backtracking expression show. */
function repeatLineOften(text: string, random: Random): string {
  if (!random.oneIn(6)) return duplicateLine(text, random);
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const line = lines[at] ?? '';
  const times = Math.min(1 + random.below(4000), Math.floor((64 * 1024) / (line.length + 1)));
  lines.splice(at, 0, ...Array.from({ length: times }, () => line));
  return lines.join('\n');
}

function growToken(text: string, random: Random): string {
  const [start, end] = token(text, random);
  const piece = random.oneIn(2) ? random.pick(TOKENS) : text.slice(start, end);
  if (piece === '') return text;
  // Long enough, now and then, for what takes quadratic time to take seconds.
  const size = random.oneIn(8) ? random.pick([4, 32, 200]) * 1024 : random.below(100) * piece.length;
  const times = Math.floor(size / piece.length);
  return text.slice(0, end) + piece.repeat(times) + text.slice(end);
}

function changeCase(text: string, random: Random): string {
  const [start, end] = token(text, random);
  const piece = text.slice(start, end);
  return text.slice(0, start) + (random.oneIn(2) ? piece.toUpperCase() : piece.toLowerCase()) + text.slice(end);
}

function cut(text: string, random: Random): string {
  return text.slice(0, random.below(text.length + 1));
}

/** A word, or a single sign, near a random place. */
function token(text: string, random: Random): [start: number, end: number] {
  const from = random.below(text.length);
  const found = /[\p{L}\p{N}]+|[^\p{L}\p{N}]/u.exec(text.slice(from, from + 512));
  return found === null ? [from, from] : [from + found.index, from + found.index + found[0].length];
}
