import type { Result } from '#foundation/index.ts';
import {
  CODE,
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

/**
 * Orders `[epoch:]version[-release]`; a version without a release is older than the same with one. The empty text has the place that
 * rpm's own `rpmvercmp` gives it: after a tilde, before everything else.
 */
export function compareRpm(a: string, b: string, options?: CompareOptions): Result<Ordering> {
  const fault = findFault(a) ?? findFault(b);
  if (fault) return fault;
  const aEpoch = epochLength(a);
  const bEpoch = epochLength(b);
  const epochs = compareEpochs(a, aEpoch, b, bEpoch, options?.missingEpoch ?? 'zero');
  if (epochs !== 0) return ordering(epochs);
  const aSplit = releaseIndex(a);
  const bSplit = releaseIndex(b);
  const versions = comparePart(a, aEpoch + 1, aSplit, b, bEpoch + 1, bSplit);
  if (versions !== 0) return ordering(versions);
  const aHasRelease = aSplit < a.length;
  const bHasRelease = bSplit < b.length;
  if (aHasRelease !== bHasRelease) return ordering(aHasRelease ? 1 : -1);
  return ordering(comparePart(a, aSplit + 1, a.length, b, bSplit + 1, b.length));
}

function findFault(text: string): Result<never> | undefined {
  if (text === '') return undefined;
  const split = releaseIndex(text);
  if (split <= epochLength(text) + 1) return unreadable('rpm', text, 'there is no version part');
  if (split === text.length - 1) return unreadable('rpm', text, 'there is nothing after the last hyphen');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 127) return unreadable('rpm', text, 'it contains a blank or a control character');
  }
  return undefined;
}

/**
 * rpm's segment order: separators only separate, numbers are newer than letters, what goes on is newer than what ends,
 * except that a tilde is older than the end and a caret is newer than the end but older than anything else.
 */
function comparePart(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  let i = aStart;
  let j = bStart;
  for (;;) {
    i = skipSeparators(a, i, aEnd);
    j = skipSeparators(b, j, bEnd);
    const aCode = i < aEnd ? a.charCodeAt(i) : 0;
    const bCode = j < bEnd ? b.charCodeAt(j) : 0;
    if (!isAlphanumeric(aCode) || !isAlphanumeric(bCode)) {
      if (aCode !== bCode) return rank(aCode) - rank(bCode);
      if (aCode === 0) return 0;
      i++;
      j++;
      continue;
    }
    const aSegment = i;
    const bSegment = j;
    i = skipSegment(a, i, aEnd);
    j = skipSegment(b, j, bEnd);
    const segments = compareSegments(a, aSegment, i, b, bSegment, j);
    if (segments !== 0) return segments;
  }
}

function skipSegment(text: string, index: number, end: number): number {
  return isDigit(text.charCodeAt(index)) ? skipDigits(text, index, end) : skipLetters(text, index, end);
}

function compareSegments(a: string, aStart: number, aEnd: number, b: string, bStart: number, bEnd: number): number {
  const aNumeric = isDigit(a.charCodeAt(aStart));
  const bNumeric = isDigit(b.charCodeAt(bStart));
  if (aNumeric !== bNumeric) return aNumeric ? 1 : -1;
  const compare = aNumeric ? compareNumbers : compareCodes;
  return compare(a, aStart, aEnd, b, bStart, bEnd);
}

/** The order of what may stand at a place: tilde, end, caret, segment. */
function rank(code: number): number {
  if (code === CODE.TILDE) return 0;
  if (code === 0) return 1;
  return code === CODE.CARET ? 2 : 3;
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

function skipSeparators(text: string, index: number, end: number): number {
  let at = index;
  while (at < end && isSeparator(text.charCodeAt(at))) at++;
  return at;
}

function isSeparator(code: number): boolean {
  return !isAlphanumeric(code) && code !== CODE.TILDE && code !== CODE.CARET;
}
