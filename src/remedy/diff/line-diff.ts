/** A stretch of lines that both texts have (`same`), or that one is replaced by the other. Counted from 0; `b` ends are excluded. */
export interface Stretch {
  readonly same: boolean;
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
}

/** More differences than this are shown as one block that is replaced: still right, only not the shortest. */
const MAX_DIFFERENCES = 2000;

/** The shortest way from one list of lines to the other: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). */
export function lineDiff(a: readonly string[], b: readonly string[]): Stretch[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const pairs = commonPairs(a.slice(start, endA), b.slice(start, endB));
  return stretches(
    [
      ...Array.from({ length: start }, (_, index) => [index, index] as const),
      ...pairs.map(([x, y]) => [x + start, y + start] as const),
      ...Array.from({ length: a.length - endA }, (_, index) => [endA + index, endB + index] as const),
    ],
    a.length,
    b.length,
  );
}

/** Pairs of equal lines, in order, as many as there can be. */
function commonPairs(a: readonly string[], b: readonly string[]): [number, number][] {
  const limit = Math.min(MAX_DIFFERENCES, a.length + b.length);
  const furthest = new Int32Array(2 * limit + 3);
  const trace: Int32Array[] = [];
  const middle = limit + 1;
  for (let differences = 0; differences <= limit; differences++) {
    trace.push(furthest.slice(middle - differences - 1, middle + differences + 2));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = stepFrom(furthest, middle, diagonal, differences);
      let y = x - diagonal;
      while (x < a.length && y < b.length && a[x] === b[y]) {
        x += 1;
        y += 1;
      }
      furthest[middle + diagonal] = x;
      if (x >= a.length && y >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return [];
}

/** Down (a line of `b` is added) or right (a line of `a` is removed), whichever got further. */
function stepFrom(furthest: Int32Array, middle: number, diagonal: number, differences: number): number {
  const above = furthest[middle + diagonal + 1] ?? 0;
  const left = furthest[middle + diagonal - 1] ?? 0;
  const goesDown = diagonal === -differences || (diagonal !== differences && left < above);
  return goesDown ? above : left + 1;
}

function walkBack(trace: readonly Int32Array[], endA: number, endB: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [endA, endB];
  for (let differences = trace.length - 1; differences >= 0; differences--) {
    const furthest = trace[differences] ?? new Int32Array(3);
    const middle = differences + 1;
    const diagonal = x - y;
    const after = differences === 0 ? 0 : stepFrom(furthest, middle, diagonal, differences);
    const afterY = after - diagonal;
    while (x > after && y > afterY && x > 0 && y > 0) pairs.push([--x, --y]);
    if (differences === 0) break;
    const wentDown =
      diagonal === -differences ||
      (diagonal !== differences && (furthest[middle + diagonal - 1] ?? 0) < (furthest[middle + diagonal + 1] ?? 0));
    if (wentDown) y -= 1;
    else x -= 1;
  }
  return pairs.reverse();
}

function stretches(pairs: readonly (readonly [number, number])[], lengthA: number, lengthB: number): Stretch[] {
  const found: Stretch[] = [];
  let [atA, atB] = [0, 0];
  const until = (same: boolean, toA: number, toB: number) => {
    if (toA > atA || toB > atB) found.push({ same, fromA: atA, toA, fromB: atB, toB });
    [atA, atB] = [toA, toB];
  };
  for (let index = 0; index < pairs.length; ) {
    const [x = 0, y = 0] = pairs[index] ?? [];
    until(false, x, y);
    let length = 0;
    while (pairs[index + length]?.[0] === x + length && pairs[index + length]?.[1] === y + length) length += 1;
    until(true, x + length, y + length);
    index += length;
  }
  until(false, lengthA, lengthB);
  return found;
}
