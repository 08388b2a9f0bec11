/** What incidents are made of: alerts as the list of findings has them. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly state: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly asset: { readonly id: string; readonly name: string };
  readonly team: { readonly name: string } | null;
}

/** Alerts of one asset that follow each other closely: mostly one thing that happens, or one that was done. */
export interface Incident<Of extends Alert = Alert> {
  /** That of its first alert. */
  readonly id: string;
  readonly asset: Of['asset'];
  readonly team: Of['team'];
  /** The oldest first. */
  readonly alerts: readonly Of[];
  readonly worst: string;
  readonly startedAt: string;
  readonly lastAt: string;
}

const GAP_MS = 6 * 3_600_000;
const ORDER = ['critical', 'high', 'medium', 'low', 'info'];

/** The newest incident first. */
export function incidentsOf<Of extends Alert>(alerts: readonly Of[]): readonly Incident<Of>[] {
  const incidents: Incident<Of>[] = [];
  for (const ofAsset of Map.groupBy(alerts, ({ asset }) => asset.id).values()) {
    const sorted = ofAsset.toSorted((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
    let together: Of[] = [];
    for (const alert of sorted) {
      const last = together.at(-1);
      if (last && Date.parse(alert.firstSeenAt) - Date.parse(last.lastSeenAt) > GAP_MS) {
        incidents.push(...incidentOf(together));
        together = [];
      }
      together.push(alert);
    }
    incidents.push(...incidentOf(together));
  }
  return incidents.sort((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt));
}

function incidentOf<Of extends Alert>(alerts: readonly Of[]): Incident<Of>[] {
  const [first] = alerts;
  if (first === undefined) return [];
  const worst = ORDER.find((severity) => alerts.some((alert) => alert.severity === severity)) ?? first.severity;
  const lastAt = alerts.map(({ lastSeenAt }) => lastSeenAt).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  return [{ id: first.id, asset: first.asset, team: first.team, alerts, worst, startedAt: first.firstSeenAt, lastAt }];
}
