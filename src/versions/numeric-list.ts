import { ok, type Result } from '#foundation/index.ts';
import { CODE, compareNumbers, skipDigits } from './characters.ts';
import { unreadable } from './ordering.ts';

/** A version that is a list of numbers; `bounds` holds where each starts and ends: `[start, end, start, end]`. */
export interface NumericList {
  readonly text: string;
  readonly bounds: readonly number[];
}

export function parseNumericList(scheme: string, text: string, separators: string): Result<NumericList> {
  const bounds: number[] = [];
  for (let at = 0; ; at++) {
    const end = skipDigits(text, at, text.length);
    if (end === at) return unreadable(scheme, text, `a number is missing at character ${at + 1}`);
    bounds.push(at, end);
    if (end === text.length) return ok({ text, bounds });
    at = end;
    if (!separators.includes(text.charAt(at))) return unreadable(scheme, text, `character ${at + 1} is no separator`);
  }
}

/** Number by number; a list that goes on is newer than one that ends (`1.0` < `1.0.0`). */
export function compareNumericLists(a: NumericList, b: NumericList): number {
  const length = Math.min(a.bounds.length, b.bounds.length);
  for (let i = 0; i < length; i += 2) {
    const { bounds: left } = a;
    const { bounds: right } = b;
    const sign = compareNumbers(a.text, left[i] ?? 0, left[i + 1] ?? 0, b.text, right[i] ?? 0, right[i + 1] ?? 0);
    if (sign !== 0) return sign;
  }
  return a.bounds.length - b.bounds.length;
}

/** Whether some number has a leading zero. */
export function hasPaddedNumber({ text, bounds }: NumericList): boolean {
  return bounds.some(
    (start, i) => i % 2 === 0 && text.charCodeAt(start) === CODE.ZERO && (bounds[i + 1] ?? 0) > start + 1,
  );
}
