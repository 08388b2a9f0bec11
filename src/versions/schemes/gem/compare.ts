import { ok, type Result } from '#foundation/index.ts';
import { compareCodes, compareNumbers, isDigit, skipDigits, skipLetters } from '../../characters.ts';
import { compareParsed, unreadable } from '../../ordering.ts';
import type { Ordering } from '../../version-scheme.ts';

/** A version with `-` written out as `.pre.`, and where its runs of digits and of letters lie: `[start, end, …]`. */
interface GemVersion {
  readonly text: string;
  readonly bounds: readonly number[];
}

export function compareGem(a: string, b: string): Result<Ordering> {
  return compareParsed(parseGem(a), parseGem(b), compareVersions);
}

const grammar = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

function parseGem(text: string): Result<GemVersion> {
  if (!grammar.test(text)) return unreadable('gem', text, 'RubyGems would refuse it');
  const written = text.replaceAll('-', '.pre.');
  return ok({ text: written, bounds: withoutIdleZeros(written, segmentsOf(written)) });
}

function segmentsOf(text: string): number[] {
  const bounds: number[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const end = isDigit(code) ? skipDigits(text, at, text.length) : skipLetters(text, at, text.length);
    if (end > at) bounds.push(at, end);
    at = Math.max(end, at + 1);
  }
  return bounds;
}

/** Zeros at the end of the release and at the end of the pre-release do not count: `1.0.a.0` is `1.a`. */
function withoutIdleZeros(text: string, bounds: readonly number[]): number[] {
  let letters = bounds.findIndex((start, i) => i % 2 === 0 && !isDigit(text.charCodeAt(start)));
  if (letters < 0) letters = bounds.length;
  const isZero = (i: number): boolean => compareNumbers(text, bounds[i] ?? 0, bounds[i + 1] ?? 0, '', 0, 0) === 0;
  let release = letters;
  while (release > 0 && isZero(release - 2)) release -= 2;
  let end = bounds.length;
  while (end > letters && isDigit(text.charCodeAt(bounds[end - 2] ?? 0)) && isZero(end - 2)) end -= 2;
  return [...bounds.slice(0, release), ...bounds.slice(letters, end)];
}

/** Segment by segment; letters are older than numbers, and an absent segment is 0. */
function compareVersions(a: GemVersion, b: GemVersion): number {
  const length = Math.max(a.bounds.length, b.bounds.length);
  for (let i = 0; i < length; i += 2) {
    const [aStart = 0, aEnd = 0] = [a.bounds[i], a.bounds[i + 1]];
    const [bStart = 0, bEnd = 0] = [b.bounds[i], b.bounds[i + 1]];
    const aNumeric = aStart === aEnd || isDigit(a.text.charCodeAt(aStart));
    const bNumeric = bStart === bEnd || isDigit(b.text.charCodeAt(bStart));
    if (aNumeric !== bNumeric) return aNumeric ? 1 : -1;
    const compare = aNumeric ? compareNumbers : compareCodes;
    const sign = compare(a.text, aStart, aEnd, b.text, bStart, bEnd);
    if (sign !== 0) return sign;
  }
  return 0;
}
