/** `; did you mean "reason"?` where a known word is near, otherwise the words there are. */
export function suggestion(written: string, known: readonly string[]): string {
  const [near] = nearestWords(written, known, 2);
  return near === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${JSON.stringify(near)}?`;
}

const MAX_WRITTEN = 40;

/** The known words that at most so many changes of a character lead to, the nearest first. Upper and lower case are alike. */
export function nearestWords(written: string, known: readonly string[], maxDistance: number): string[] {
  const word = written.slice(0, MAX_WRITTEN).toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= maxDistance)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions and replacements that lead from one word to the other. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, a] of [...from].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...to].entries()) {
      next.push(Math.min((row[j] ?? 0) + (a === b ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
