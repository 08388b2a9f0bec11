import type { Result } from '#foundation/index.ts';
import { compareCodes, compareNumbers, isDigit, isLetter, skipDigits, skipLetters } from '../../characters.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

/**
 * Compares runs of digits and of letters; all else only separates. Words for unfinished releases are older than the
 * end, other letters newer (`1.0.2` < `1.0.2k`), numbers newer than letters. A finding decided by this order rests on a
 * guess and must say so.
 */
export function compareFuzzy(a: string, b: string): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  let i = skipSeparators(a, 0);
  let j = skipSeparators(b, 0);
  while (i < a.length || j < b.length) {
    const aEnd = runEnd(a, i);
    const bEnd = runEnd(b, j);
    const aRank = rank(a, i, aEnd);
    const bRank = rank(b, j, bEnd);
    if (aRank !== bRank) return ordering(aRank - bRank);
    const compare = aRank === numberRank ? compareNumbers : compareCodes;
    const sign = compare(a, i, aEnd, b, j, bEnd);
    if (sign !== 0) return ordering(sign);
    i = skipSeparators(a, aEnd);
    j = skipSeparators(b, bEnd);
  }
  return ordering(0);
}

function findFault(text: string): Result<never> | undefined {
  if (runEnd(text, skipSeparators(text, 0)) === skipSeparators(text, 0)) {
    return unreadable('fuzzy', text, 'there is neither a digit nor a letter in it');
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 127) return unreadable('fuzzy', text, 'it contains a blank or a control character');
  }
  return undefined;
}

/** In their order; shorter spellings are not taken, since `b` is a build to some and a beta to others. */
const unfinished = ['dev', 'snapshot', 'alpha', 'beta', 'milestone', 'pre', 'preview', 'rc', 'cr'];
const endRank = unfinished.length;
const wordRank = endRank + 1;
const numberRank = endRank + 2;

function rank(text: string, start: number, end: number): number {
  if (start === end) return endRank;
  if (isDigit(text.charCodeAt(start))) return numberRank;
  const index = end - start <= 9 ? unfinished.indexOf(text.slice(start, end).toLowerCase()) : -1;
  return index < 0 ? wordRank : index;
}

/** A `v` before the first number only says that a version follows. */
function skipSeparators(text: string, start: number): number {
  let at = start === 0 && /^[vV]\d/.test(text) ? 1 : start;
  while (at < text.length && !isDigit(text.charCodeAt(at)) && !isLetter(text.charCodeAt(at))) at++;
  return at;
}

function runEnd(text: string, start: number): number {
  return isDigit(text.charCodeAt(start)) ? skipDigits(text, start, text.length) : skipLetters(text, start, text.length);
}
