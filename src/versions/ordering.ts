import { err, ok, type Result } from '#foundation/index.ts';
import type { Ordering } from './version-scheme.ts';

// The three possible answers are shared: a scan compares hundreds of thousands of versions and should not allocate for each.
const older = Object.freeze(ok<Ordering>(-1));
const equal = Object.freeze(ok<Ordering>(0));
const newer = Object.freeze(ok<Ordering>(1));

/** Turns the sign of a number into the answer of a comparison. */
export function ordering(sign: number): Result<Ordering> {
  if (sign < 0) return older;
  return sign > 0 ? newer : equal;
}

/** How much of a refused text an error quotes: enough to find it, not enough to flood a report. */
const quotedLength = 80;

/** A refused text as it stands in an error. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text);
}

/** The error for a text that is no version of the scheme. */
export function unreadable(scheme: string, text: string, reason: string): Result<never> {
  return err(`${quoted(text)} is no ${scheme} version: ${reason}`);
}

/** Compares two parsed versions; the first that could not be parsed is the answer. */
export function compareParsed<T>(a: Result<T>, b: Result<T>, compare: (a: T, b: T) => number): Result<Ordering> {
  if (!a.ok) return a;
  return b.ok ? ordering(compare(a.value, b.value)) : b;
}
