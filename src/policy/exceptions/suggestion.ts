/** `; did you mean "reason"?` where a known word is near, otherwise the words there are. */
export function suggestion(written: string, known: readonly string[]): string {
  const word = written.slice(0, 40).toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= 2
    ? `; did you mean ${JSON.stringify(near.candidate)}?`
    : `; there are ${known.join(', ')}`;
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
