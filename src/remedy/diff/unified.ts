import { lineDiff, type Stretch } from './line-diff.ts';

/** Lines around a change that stay as they are. */
const CONTEXT = 3;

export interface DiffSubject {
  /** Relative, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * A unified diff that `patch -p1` and `git apply` read; empty when nothing changes.
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function unifiedDiff({ path, before, after }: DiffSubject): string[] {
  if (before === after) return [];
  const [a, b] = [linesWithEnds(before), linesWithEnds(after)];
  const hunks = hunksOf(lineDiff(a, b));
  return [
    `--- a/${path}\n`,
    `+++ b/${path}\n`,
    ...hunks.flatMap((hunk) => [headerOf(hunk), ...hunk.flatMap((stretch) => bodyOf(stretch, a, b))]),
  ];
}

function linesWithEnds(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return [...lines.map((line) => `${line}\n`), ...(last === '' ? [] : [last])];
}

/** Changes with what surrounds them; neighbours whose surroundings touch share a hunk. */
function hunksOf(stretches: readonly Stretch[]): Stretch[][] {
  const hunks: Stretch[][] = [];
  let hunk: Stretch[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const length = stretch.toA - stretch.fromA;
    const isBetween = index > 0 && index < stretches.length - 1;
    if (!stretch.same || (isBetween && length <= 2 * CONTEXT)) {
      hunk.push(stretch);
      continue;
    }
    if (index > 0) {
      hunk.push(shorten(stretch, 0, Math.min(CONTEXT, length)));
      hunks.push(hunk);
      hunk = [];
    }
    if (index < stretches.length - 1) hunk = [shorten(stretch, Math.max(0, length - CONTEXT), length)];
  }
  if (hunk.some(({ same }) => !same)) hunks.push(hunk);
  return hunks;
}

function shorten({ same, fromA, fromB }: Stretch, from: number, to: number): Stretch {
  return { same, fromA: fromA + from, toA: fromA + to, fromB: fromB + from, toB: fromB + to };
}

function headerOf(hunk: readonly Stretch[]): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (!first || !last) return '';
  return `@@ -${placeOf(first.fromA, last.toA)} +${placeOf(first.fromB, last.toB)} @@\n`;
}

/** An empty range names the line before it. */
function placeOf(from: number, to: number): string {
  const length = to - from;
  const start = length === 0 ? from : from + 1;
  return length === 1 ? `${start}` : `${start},${length}`;
}

function bodyOf({ same, fromA, toA, fromB, toB }: Stretch, a: readonly string[], b: readonly string[]): string[] {
  if (same) return a.slice(fromA, toA).map((line) => marked(' ', line));
  return [
    ...a.slice(fromA, toA).map((line) => marked('-', line)),
    ...b.slice(fromB, toB).map((line) => marked('+', line)),
  ];
}

function marked(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}
