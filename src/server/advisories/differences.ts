import type { MatchedVulnerability } from '#storage/index.ts';

export interface Differences {
  readonly opened: readonly MatchedVulnerability[];
  readonly closed: readonly MatchedVulnerability[];
  /** As they are now. */
  readonly changed: readonly MatchedVulnerability[];
}

/** What holds of packages now and did not before, and the other way round. A vulnerability that got another name is the same. Pure. */
export function differencesOf(
  before: readonly MatchedVulnerability[],
  after: readonly MatchedVulnerability[],
): Differences {
  const was = byPackage(before);
  const is = byPackage(after);
  const opened: MatchedVulnerability[] = [];
  const changed: MatchedVulnerability[] = [];
  for (const one of after) {
    const old = was.get(one.packageId)?.find((other) => isSame(one, other));
    if (old === undefined) opened.push(one);
    else if (telling(old) !== telling(one)) changed.push(one);
  }
  const closed = before.filter((one) => !is.get(one.packageId)?.some((other) => isSame(one, other)));
  return { opened, closed, changed };
}

function byPackage(matched: readonly MatchedVulnerability[]): ReadonlyMap<number, readonly MatchedVulnerability[]> {
  return Map.groupBy(matched, ({ packageId }) => packageId);
}

function isSame({ finding: one }: MatchedVulnerability, { finding: other }: MatchedVulnerability): boolean {
  return one.ids.some((id) => other.ids.includes(id));
}

/** What somebody who works on the finding would want to know to have changed. Probabilities change every day. */
function telling({ finding: { severity, isExploited, title, details } }: MatchedVulnerability): string {
  return JSON.stringify([severity, isExploited, title, details['state'] ?? null, details['fixedVersion'] ?? null]);
}
