import type { Result } from '#foundation/index.ts';
import {
  compareCodes,
  compareNumbers,
  isDigit,
  isLetter,
  releaseIndex,
  skipDigits,
  skipLetters,
} from '../../characters.ts';
import { compareEpochs, epochLength } from '../../epoch.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { CompareOptions, Ordering } from '../../version-scheme.ts';

/** Orders `[epoch:]version[-release]`. Releases count only when both versions carry one, so this is no order to sort by. */
export function comparePacman(a: string, b: string, options?: CompareOptions): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  const aEpoch = epochLength(a);
  const bEpoch = epochLength(b);
  const epochs = compareEpochs(a, aEpoch, b, bEpoch, options?.missingEpoch ?? 'zero');
  if (epochs !== 0) return ordering(epochs);
  const aSplit = releaseIndex(a);
  const bSplit = releaseIndex(b);
  const versions = comparePart(a, aEpoch + 1, aSplit, b, bEpoch + 1, bSplit);
  if (versions !== 0 || aSplit === a.length || bSplit === b.length) return ordering(versions);
  return ordering(comparePart(a, aSplit + 1, a.length, b, bSplit + 1, b.length));
}

function findFault(text: string): Result<never> | undefined {
  if (text.startsWith(':')) return unreadable('pacman', text, 'the epoch before the colon is empty');
  const split = releaseIndex(text);
  if (split <= epochLength(text) + 1) return unreadable('pacman', text, 'there is no version part');
  if (split === text.length - 1) return unreadable('pacman', text, 'there is nothing after the last hyphen');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code >= 127)
      return unreadable('pacman', text, 'it contains a blank or a character outside ASCII');
  }
  return undefined;
}

/** Like rpm's older order: no tilde or caret, but the count of separators matters, and letters at the end are older. */
function comparePart(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  let i = aStart;
  let j = bStart;
  while (i < aEnd && j < bEnd) {
    const aSegment = skipSeparators(a, i, aEnd);
    const bSegment = skipSeparators(b, j, bEnd);
    const separators = aSegment - i - (bSegment - j);
    i = aSegment;
    j = bSegment;
    if (i === aEnd || j === bEnd) break;
    if (separators !== 0) return separators;
    const aNumeric = isDigit(a.charCodeAt(i));
    if (aNumeric !== isDigit(b.charCodeAt(j))) return aNumeric ? 1 : -1;
    i = aNumeric ? skipDigits(a, i, aEnd) : skipLetters(a, i, aEnd);
    j = aNumeric ? skipDigits(b, j, bEnd) : skipLetters(b, j, bEnd);
    const compare = aNumeric ? compareNumbers : compareCodes;
    const segments = compare(a, aSegment, i, b, bSegment, j);
    if (segments !== 0) return segments;
  }
  return compareRests(a, i, aEnd, b, j, bEnd);
}

function compareRests(a: string, i: number, aEnd: number, b: string, j: number, bEnd: number): number {
  if (i === aEnd && j === bEnd) return 0;
  if (i < aEnd && isLetter(a.charCodeAt(i))) return -1;
  return i === aEnd && !isLetter(b.charCodeAt(j)) ? -1 : 1;
}

function skipSeparators(text: string, index: number, end: number): number {
  let at = index;
  while (at < end && !isDigit(text.charCodeAt(at)) && !isLetter(text.charCodeAt(at))) at++;
  return at;
}
