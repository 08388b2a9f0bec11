import type { Result } from '#foundation/index.ts';
import { CODE, compareCodes, compareNumbers } from '../../characters.ts';
import { ordering, unreadable } from '../../ordering.ts';
import type { CompareOptions, Ordering } from '../../version-scheme.ts';
import { ApkCursor, KIND } from './tokens.ts';

export function compareApk(a: string, b: string, _options?: CompareOptions): Result<Ordering> {
  return compareTokens(new ApkCursor(a), new ApkCursor(b), false);
}

/** apk's fuzzy order: equal as soon as `b` is a prefix of `a`, token by token (`1.2.3-r4` and `1.2`). */
export function compareApkFuzzy(a: string, b: string): Result<Ordering> {
  return compareTokens(new ApkCursor(a), new ApkCursor(b), true);
}

function compareTokens(a: ApkCursor, b: ApkCursor, fuzzy: boolean): Result<Ordering> {
  let sign = 0;
  while (sign === 0 && a.kind === b.kind && a.isOpen) {
    sign = compareToken(a, b);
    if (sign !== 0) break;
    a.next();
    b.next();
  }
  if (sign === 0) sign = fuzzy && b.kind === KIND.END ? 0 : compareKinds(a, b);
  return findFault(a) ?? findFault(b) ?? ordering(sign);
}

function compareToken(a: ApkCursor, b: ApkCursor): number {
  const { kind } = a;
  if (kind === KIND.SUFFIX) return a.suffix - b.suffix;
  const asText =
    kind === KIND.LETTER || kind === KIND.HASH || (kind === KIND.COMPONENT && (isPadded(a) || isPadded(b)));
  const compare = asText ? compareCodes : compareNumbers;
  return compare(a.text, a.start, a.end, b.text, b.start, b.end);
}

/** `1.05` and `1.5` differ: with a leading zero, components after the first are compared like decimal fractions. */
function isPadded(cursor: ApkCursor): boolean {
  return cursor.end > cursor.start && cursor.text.charCodeAt(cursor.start) === CODE.ZERO;
}

function compareKinds(a: ApkCursor, b: ApkCursor): number {
  if (a.isPrerelease) return -1;
  return b.isPrerelease ? 1 : b.kind - a.kind;
}

/** Reads the rest of a version whose order is already decided: a version that is refused is never ordered. */
function findFault(cursor: ApkCursor): Result<never> | undefined {
  while (cursor.isOpen) cursor.next();
  if (cursor.kind === KIND.END) return undefined;
  return unreadable('apk', cursor.text, `character ${cursor.end + 1} does not continue an Alpine version`);
}
