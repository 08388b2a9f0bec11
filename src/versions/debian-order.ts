import { CODE, compareNumbers, isDigit, isLetter, skipDigits } from './characters.ts';

/**
 * Debian's order of one part of a version (upstream or revision), which opam shares: alternates between a run of
 * non-digits, ordered character by character, and a number, until one decides.
 */
export function compareDebianPart(
  a: string,
  aStart: number,
  aEnd: number,
  b: string,
  bStart: number,
  bEnd: number,
): number {
  let i = aStart;
  let j = bStart;
  while (i < aEnd || j < bEnd) {
    for (;;) {
      const aRank = i < aEnd ? rank(a.charCodeAt(i)) : 0;
      const bRank = j < bEnd ? rank(b.charCodeAt(j)) : 0;
      if (aRank !== bRank) return aRank - bRank;
      if (aRank === 0) break;
      i++;
      j++;
    }
    const aNumber = i;
    const bNumber = j;
    i = skipDigits(a, i, aEnd);
    j = skipDigits(b, j, bEnd);
    const numbers = compareNumbers(a, aNumber, i, b, bNumber, j);
    if (numbers !== 0) return numbers;
  }
  return 0;
}

/** A tilde sorts before the end of a part; a digit ends the run like the end does; letters sort before all the rest. */
function rank(code: number): number {
  if (isDigit(code)) return 0;
  if (isLetter(code)) return code;
  return code === CODE.TILDE ? -1 : code + 256;
}
