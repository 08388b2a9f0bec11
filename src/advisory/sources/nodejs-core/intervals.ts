import type { AffectedRange } from '../../advisory.ts';

/** Versions from `from` (included) to `to` (excluded); without `to` for ever. */
interface Interval {
  readonly from: Version;
  readonly to?: Version;
  /** One version alone was named. */
  readonly isExact?: true;
}

type Version = readonly [major: number, minor: number, patch: number];

const MAX_PARTS = 50;

/**
 * The project writes which release lines are vulnerable (`8.x || 7.x`) and from which versions on they are not (`^8.1.4 ||
 * ^7.10.1`). What is left of the first without the second are the ranges; where a line ends unmended its range ends without a
 * fix. Undefined when one of the texts cannot be read.
 */
export function rangesLeft(vulnerable: string, patched: string): readonly AffectedRange[] | undefined {
  const lines = parseIntervals(vulnerable);
  const mended = parseIntervals(patched)?.map(fromThereOn);
  if (lines === undefined || mended === undefined) return undefined;
  return lines.toSorted((a, b) => compare(a.from, b.from)).flatMap((line) => without(line, mended));
}

/** A fix that is named alone is the first with it: the later versions of the line have it too. */
function fromThereOn({ from, to, isExact }: Interval): Interval {
  if (!isExact) return to === undefined ? { from } : { from, to };
  return { from, to: nextLine(from) };
}

function without(line: Interval, mended: readonly Interval[]): AffectedRange[] {
  const ranges: AffectedRange[] = [];
  let from: Version | undefined = line.from;
  for (const fix of mended.toSorted((a, b) => compare(a.from, b.from))) {
    if (from === undefined || (line.to && compare(fix.from, line.to) >= 0)) break;
    if (fix.to && compare(fix.to, from) <= 0) continue;
    if (compare(fix.from, from) > 0) ranges.push({ ...start(from), fixed: fix.from.join('.') });
    from = fix.to;
  }
  if (from === undefined || (line.to && compare(from, line.to) >= 0)) return ranges;
  ranges.push({ ...start(from), ...(line.to ? { limit: line.to.join('.') } : {}) });
  return ranges;
}

function start(version: Version): Pick<AffectedRange, 'introduced'> {
  return version.every((number) => number === 0) ? {} : { introduced: version.join('.') };
}

function parseIntervals(text: string): readonly Interval[] | undefined {
  const parts = text.split('||');
  if (parts.length > MAX_PARTS) return undefined;
  const intervals = parts.map((part) => parseInterval(part.trim())).filter((each) => each !== undefined);
  return intervals.length === parts.length ? intervals : undefined;
}

const NUMBER = '(\\d{1,4})';
const WHOLE = new RegExp(`^(\\^|=|>=\\s*)?${NUMBER}\\.${NUMBER}\\.${NUMBER}$`);
const LINE = new RegExp(`^(<=\\s*)?${NUMBER}(?:\\.${NUMBER})?(?:\\.x)?$`);
const BETWEEN = new RegExp(`^>=\\s*${NUMBER}\\.${NUMBER}\\.${NUMBER}\\s+<\\s*${NUMBER}\\.${NUMBER}\\.${NUMBER}$`);

function parseInterval(text: string): Interval | undefined {
  const between = BETWEEN.exec(text);
  if (between) return { from: versionOf(between, 1), to: versionOf(between, 4) };
  const whole = WHOLE.exec(text);
  if (whole) return parseWhole(whole[1]?.trim() ?? '', versionOf(whole, 2));
  const line = LINE.exec(text);
  if (!line) return undefined;
  const first: Version = [Number(line[2]), Number(line[3] ?? 0), 0];
  const next: Version = line[3] === undefined ? [first[0] + 1, 0, 0] : [first[0], first[1] + 1, 0];
  return { from: line[1] === undefined ? first : [0, 0, 0], to: next };
}

function parseWhole(operator: string, from: Version): Interval {
  if (operator === '>=') return { from };
  if (operator === '^') return { from, to: nextLine(from) };
  return { from, to: [from[0], from[1], from[2] + 1], isExact: true };
}

/** Before version 4 the release lines were 0.10 and 0.12. */
function nextLine([major, minor]: Version): Version {
  return major === 0 ? [0, minor + 1, 0] : [major + 1, 0, 0];
}

function versionOf(match: RegExpExecArray, at: number): Version {
  return [Number(match[at]), Number(match[at + 1]), Number(match[at + 2])];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
