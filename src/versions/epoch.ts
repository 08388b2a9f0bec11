import { CODE, compareNumbers, isDigit } from './characters.ts';
import type { MissingEpoch } from './version-scheme.ts';

/** The length of the digits before a colon (`2` in `12:1.0-1`), or -1 when the text starts with no `digits:`. */
export function epochLength(text: string): number {
  let at = 0;
  while (isDigit(text.charCodeAt(at))) at++;
  return at > 0 && text.charCodeAt(at) === CODE.COLON ? at : -1;
}

/** Compares the epochs of two versions, given their `epochLength`s, under the policy for a missing one. */
export function compareEpochs(a: string, aLength: number, b: string, bLength: number, missing: MissingEpoch): number {
  if (aLength < 0 && missing !== 'zero') return 0;
  if (bLength < 0 && missing === 'ignore') return 0;
  return compareNumbers(a, 0, Math.max(aLength, 0), b, 0, Math.max(bLength, 0));
}
