import { parseInteger, uint64 } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { Double, EvaluationFault } from '../values/value.ts';
import { SyntaxFault } from './ast.ts';
import { readQuoted } from './quoted.ts';

export interface Token {
  readonly kind: 'name' | 'quoted-name' | 'literal' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
  readonly end: number;
  readonly value?: Value;
}

const BLANK = /(?:[ \t\r\n\f]|\/\/[^\n]*)*/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const QUOTED_NAME = /`[A-Za-z0-9_.\-/ ]+`/y;
const STRING_START = /[rR]?[bB]?[rR]?(?:"|')/y;
const DOUBLE = /(?:[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+|\.[0-9]+(?:[eE][-+]?[0-9]+)?)/y;
const INTEGER = /(?:0[xX][0-9a-fA-F]+|[0-9]+)[uU]?/y;
const SIGN = /(?:==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}=])/y;

/** Cuts the text of an expression into tokens; a number keeps no sign, which is an operator. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = skip(source, 0);
  while (at < source.length) {
    const token = tokenAt(source, at);
    tokens.push(token);
    at = skip(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', at: source.length, end: source.length });
  return tokens;
}

function skip(source: string, at: number): number {
  return at + (matchAt(BLANK, source, at) ?? '').length;
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

function tokenAt(source: string, at: number): Token {
  if (matchAt(STRING_START, source, at) !== undefined) {
    const { value, end } = readQuoted(source, at);
    return { kind: 'literal', text: source.slice(at, end), at, end, value };
  }
  const of = (kind: Token['kind'], text: string): Token => ({ kind, text, at, end: at + text.length });
  const name = matchAt(NAME, source, at);
  if (name !== undefined) return of('name', name);
  const number = numberAt(source, at);
  if (number !== undefined) return number;
  const quoted = matchAt(QUOTED_NAME, source, at);
  if (quoted !== undefined) return { ...of('quoted-name', quoted), text: quoted.slice(1, -1), end: at + quoted.length };
  const sign = matchAt(SIGN, source, at);
  if (sign !== undefined) return of('sign', sign);
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  throw new SyntaxFault(`the character ${JSON.stringify(character)} has no meaning here`, at);
}

function numberAt(source: string, at: number): Token | undefined {
  const double = matchAt(DOUBLE, source, at);
  if (double !== undefined && !Number.isFinite(Number(double)))
    throw new SyntaxFault(`${double.slice(0, 40)} is too large for a double`, at);
  if (double !== undefined)
    return { kind: 'literal', text: double, at, end: at + double.length, value: new Double(Number(double)) };
  const text = matchAt(INTEGER, source, at);
  if (text === undefined) return undefined;
  const isUnsigned = /[uU]$/.test(text);
  const digits = isUnsigned ? text.slice(0, -1) : text;
  const token = { kind: 'literal', text, at, end: at + text.length } as const;
  if (digits.length > 40) throw new SyntaxFault(`${text.slice(0, 20)}… is too large`, at);
  try {
    if (isUnsigned) return { ...token, value: uint64(BigInt(digits)) };
    // The largest negative integer is written as one more than the largest positive; the parser joins it with its sign.
    return BigInt(digits) === 2n ** 63n ? token : { ...token, value: parseInteger(String(BigInt(digits))) };
  } catch (error) {
    if (error instanceof EvaluationFault) throw new SyntaxFault(`${text} is too large for 64 bits`, at);
    throw error;
  }
}
