const DAY_MS = 86_400_000;

/** How long ago a report came, as what it says of a pipeline. */
export type Freshness = 'fresh' | 'old' | 'silent';

/** A week without a report is old, a month is silence. */
export function freshnessOf(lastSeenAt: string, now: number): Freshness {
  const days = (now - Date.parse(lastSeenAt)) / DAY_MS;
  if (days <= 7) return 'fresh';
  return days <= 30 ? 'old' : 'silent';
}
