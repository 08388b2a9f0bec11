import { ok, type Result } from '#foundation/index.ts';
import { CODE, compareCodes, compareNumbers, isDigit, isLetter, skipDigits } from './characters.ts';
import { unreadable } from './ordering.ts';

/** What a scheme of the semantic-versioning kind accepts beyond or short of `1.2.3-pre.1+build`. */
export interface SemanticGrammar {
  /** The scheme that errors name. */
  readonly scheme: string;
  /** Characters of which one or more may stand before the first number. */
  readonly prefix?: string;
  readonly minNumbers?: number;
  readonly maxNumbers?: number;
  /** Whether `01` is a number, before and in the pre-release. */
  readonly leadingZeros?: boolean;
}

export interface SemanticVersion {
  readonly text: string;
  /** Where each number starts and ends in the text, flat: `[start, end, start, end]`. */
  readonly numbers: readonly number[];
  /** Dotted identifiers, empty when there are none. */
  readonly prerelease: string;
  readonly build: string;
}

export function parseSemantic(text: string, grammar: SemanticGrammar): Result<SemanticVersion> {
  const { scheme, minNumbers = 3, maxNumbers = 3, leadingZeros = false } = grammar;
  const numbers: number[] = [];
  let at = skipPrefix(text, grammar.prefix);
  for (;;) {
    const end = skipDigits(text, at, text.length);
    if (end === at) return unreadable(scheme, text, `a number is missing at character ${at + 1}`);
    if (!leadingZeros && isPadded(text, at, end)) return unreadable(scheme, text, 'a number starts with a zero');
    numbers.push(at, end);
    at = end;
    if (text.charCodeAt(at) !== CODE.DOT || numbers.length === maxNumbers * 2) break;
    at++;
  }
  if (numbers.length < minNumbers * 2) return unreadable(scheme, text, `it needs ${minNumbers} numbers`);
  const plus = text.indexOf('+', at);
  const end = plus < 0 ? text.length : plus;
  if (at < end && text.charCodeAt(at) !== CODE.HYPHEN) {
    return unreadable(scheme, text, `character ${at + 1} is neither "-" nor "+"`);
  }
  if (at < end && !areIdentifiers(text, at + 1, end, leadingZeros)) {
    return unreadable(scheme, text, 'its pre-release is not made of dotted identifiers');
  }
  if (plus >= 0 && !areIdentifiers(text, plus + 1, text.length, true)) {
    return unreadable(scheme, text, 'its build is not made of dotted identifiers');
  }
  const build = plus < 0 ? '' : text.slice(plus + 1);
  return ok({ text, numbers, prerelease: text.slice(at + 1, end), build });
}

/** Precedence by the specification: the numbers (absent ones are 0), then the pre-release; builds do not count. */
export function compareSemantic(a: SemanticVersion, b: SemanticVersion): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let i = 0; i < length; i += 2) {
    const { numbers: left } = a;
    const { numbers: right } = b;
    const sign = compareNumbers(a.text, left[i] ?? 0, left[i + 1] ?? 0, b.text, right[i] ?? 0, right[i + 1] ?? 0);
    if (sign !== 0) return sign;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** A version without a pre-release is newer than the same with one. */
export function comparePrereleases(a: string, b: string): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  return compareIdentifiers(a, b);
}

/** Dotted identifiers one by one: numbers by value and before texts, texts by character, and a longer list after its start. */
export function compareIdentifiers(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i <= a.length && j <= b.length) {
    const aEnd = identifierEnd(a, i);
    const bEnd = identifierEnd(b, j);
    const aNumeric = isNumeric(a, i, aEnd);
    const bNumeric = isNumeric(b, j, bEnd);
    if (aNumeric !== bNumeric) return compareMixed(aNumeric, aEnd - i, bEnd - j);
    const compare = aNumeric ? compareNumbers : compareCodes;
    const sign = compare(a, i, aEnd, b, j, bEnd);
    if (sign !== 0) return sign;
    i = aEnd + 1;
    j = bEnd + 1;
  }
  return Number(i <= a.length) - Number(j <= b.length);
}

/** A number comes before a text, but after an empty identifier (Julia's `1.0-`). */
function compareMixed(aNumeric: boolean, aLength: number, bLength: number): number {
  if (aLength === 0) return -1;
  if (bLength === 0) return 1;
  return aNumeric ? -1 : 1;
}

function identifierEnd(text: string, start: number): number {
  const dot = text.indexOf('.', start);
  return dot < 0 ? text.length : dot;
}

function isNumeric(text: string, start: number, end: number): boolean {
  return end > start && skipDigits(text, start, end) === end;
}

function isPadded(text: string, start: number, end: number): boolean {
  return end - start > 1 && text.charCodeAt(start) === CODE.ZERO;
}

function skipPrefix(text: string, prefix = ''): number {
  let at = 0;
  while (at < text.length && prefix.includes(text.charAt(at))) at++;
  return at;
}

function areIdentifiers(text: string, start: number, end: number, leadingZeros: boolean): boolean {
  let from = start;
  for (let at = start; at <= end; at++) {
    const code = at < end ? text.charCodeAt(at) : CODE.DOT;
    if (code === CODE.DOT) {
      if (at === from) return false;
      if (!leadingZeros && isNumeric(text, from, at) && isPadded(text, from, at)) return false;
      from = at + 1;
    } else if (!(isDigit(code) || isLetter(code) || code === CODE.HYPHEN)) {
      return false;
    }
  }
  return true;
}
