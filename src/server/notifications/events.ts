import type { MessageEvent, RoutedEvent } from '#notifications/index.ts';
import type { EventWithFacts } from '#storage/index.ts';

/** What rules look at. */
export function routedEvent(row: EventWithFacts): RoutedEvent {
  const { finding_kind: kind, finding_rule: rule, asset_id: assetId } = row;
  return {
    kind: row.kind,
    subject: { kind: row.subject_kind, id: row.subject_id },
    severity: row.severity ?? undefined,
    finding: kind === null || rule === null || assetId === null ? undefined : { kind, rule, assetId },
    team: row.team_id ?? undefined,
  };
}

/** What is told. */
export function messageEvent(row: EventWithFacts): MessageEvent {
  const { finding_kind: kind, finding_rule: rule, asset_name: asset } = row;
  return {
    id: row.uid,
    kind: row.kind,
    at: row.at,
    subject: { kind: row.subject_kind, id: row.subject_id },
    title: row.title ?? `${row.subject_kind} ${row.subject_id}`,
    ...(row.severity !== null && { severity: row.severity }),
    ...(kind !== null && rule !== null && asset !== null && { finding: { kind, rule, asset } }),
    ...(row.team_name !== null && { team: row.team_name }),
    details: { ...row.details },
  };
}
