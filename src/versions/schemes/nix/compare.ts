import type { Result } from '#foundation/index.ts';
import { CODE, compareCodes, compareNumbers, isDigit, skipDigits } from '../../characters.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

/** Component by component: runs of digits and runs of anything else, between dots and hyphens that only separate. */
export function compareNix(a: string, b: string): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const aStart = skipSeparators(a, i);
    const bStart = skipSeparators(b, j);
    i = componentEnd(a, aStart);
    j = componentEnd(b, bStart);
    const sign = compareComponents(a, aStart, i, b, bStart, j);
    if (sign !== 0) return ordering(sign);
  }
  return ordering(0);
}

function findFault(text: string): Result<never> | undefined {
  if (text === '') return unreadable('nix', text, 'it is empty');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 127) return unreadable('nix', text, 'it contains a blank or a control character');
  }
  return undefined;
}

/** `pre` is older than all else, an absent component older than a number, and a text older than a number. */
function compareComponents(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  const aRank = rank(a, aStart, aEnd);
  const bRank = rank(b, bStart, bEnd);
  if (aRank !== bRank) return aRank - bRank;
  const compare = aRank === numberRank ? compareNumbers : compareCodes;
  return compare(a, aStart, aEnd, b, bStart, bEnd);
}

const numberRank = 3;

function rank(text: string, start: number, end: number): number {
  if (start === end) return 1;
  if (isDigit(text.charCodeAt(start))) return numberRank;
  return end - start === 3 && text.startsWith('pre', start) ? 0 : 2;
}

function isSeparator(code: number): boolean {
  return code === CODE.DOT || code === CODE.HYPHEN;
}

function skipSeparators(text: string, start: number): number {
  let at = start;
  while (isSeparator(text.charCodeAt(at))) at++;
  return at;
}

function componentEnd(text: string, start: number): number {
  if (isDigit(text.charCodeAt(start))) return skipDigits(text, start, text.length);
  let at = start;
  while (at < text.length && !isDigit(text.charCodeAt(at)) && !isSeparator(text.charCodeAt(at))) at++;
  return at;
}
