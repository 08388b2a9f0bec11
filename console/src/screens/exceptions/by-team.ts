export interface TeamCounts {
  /** Null: of nobody. */
  readonly team: string | null;
  readonly counts: ReadonlyMap<string, number>;
  readonly sum: number;
}

/** Counts by team and severity as a row for each team, the one with most first. */
export function byTeam(
  counts: readonly { readonly team: string | null; readonly severity: string; readonly findings: number }[],
): readonly TeamCounts[] {
  return [...Map.groupBy(counts, ({ team }) => team)]
    .map(([team, rows]) => ({
      team,
      counts: new Map(rows.map(({ severity, findings }) => [severity, findings])),
      sum: rows.reduce((sum, { findings }) => sum + findings, 0),
    }))
    .sort((a, b) => b.sum - a.sum || (a.team ?? '').localeCompare(b.team ?? ''));
}
