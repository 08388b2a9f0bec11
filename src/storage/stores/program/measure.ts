import { sql } from 'kysely';
import type { Severity } from '#model/index.ts';
import { addDays, DAY_MS, dayOf, type FindingHistory, factsOfDays, type HistoryEvent, isoDay } from '#program/index.ts';
import type { Query } from '../../index.ts';

/** How far back history is counted. */
const MAX_DAYS = 400;

export interface Unmeasured {
  readonly asset: string;
  /** The first day that has to be counted. */
  readonly from: Date;
}

/** Assets with days that are not counted yet or are no longer so: new ones, those that changed, and all when a day begins. */
export async function unmeasuredAssets(query: Query, now: Date, limit: number): Promise<readonly Unmeasured[]> {
  const { rows } = await sql<{ readonly asset: string; readonly since: Date }>`
    select asset.id as asset, coalesce(
      (select min(finding.first_seen_at) from finding join finding_event on finding_event.finding_id = finding.id
        where finding.asset_id = asset.id and finding_event.at >= measured_at and finding.first_seen_at < measured_at),
      measured_at,
      (select min(finding.first_seen_at) from finding where finding.asset_id = asset.id),
      asset.first_seen_at) as since
    from asset left join program_measured on program_measured.asset_id = asset.id
    where measured_at is null or measured_at < ${dayOf(now)} or asset.last_seen_at >= measured_at or exists (
      select from finding join finding_event on finding_event.finding_id = finding.id
      where finding.asset_id = asset.id and finding_event.at >= measured_at)
    order by measured_at nulls first, asset.id limit ${limit}`.execute(query);
  const earliest = addDays(dayOf(now), 1 - MAX_DAYS);
  return rows.map(({ asset, since }) => {
    const day = dayOf(since < now ? since : now);
    return { asset, from: new Date(Math.max(day.getTime(), earliest.getTime())) };
  });
}

/** Counts the days of an asset from its history, in a transaction. */
export async function measureAsset(query: Query, { asset, from }: Unmeasured, now: Date): Promise<void> {
  const days = Math.round((dayOf(now).getTime() - from.getTime()) / DAY_MS) + 1;
  await query.deleteFrom('program_day').where('asset_id', '=', asset).where('day', '>=', isoDay(from)).execute();
  for (const { kind, severity, histories } of await historiesOf(query, asset, from)) {
    const facts = factsOfDays(histories, from, days, now);
    const rows = facts.flatMap((counts, index) =>
      Object.keys(counts).length === 0
        ? []
        : [{ asset_id: asset, day: isoDay(addDays(from, index)), kind, severity, ...counts }],
    );
    for (let start = 0; start < rows.length; start += CHUNK)
      await query
        .insertInto('program_day')
        .values(rows.slice(start, start + CHUNK))
        .execute();
  }
  await measureCoverage(query, asset, from, now);
  await query
    .insertInto('program_measured')
    .values({ asset_id: asset, measured_at: now })
    .onConflict((conflict) => conflict.column('asset_id').doUpdateSet({ measured_at: now }))
    .execute();
}

/** Parameters of a statement are bounded. */
const CHUNK = 500;

interface KindHistories {
  readonly kind: string;
  readonly severity: Severity;
  readonly histories: FindingHistory[];
}

interface HistoryRow {
  readonly kind: string;
  readonly severity: Severity;
  readonly state: FindingHistory['state'];
  readonly firstSeenAt: Date;
  readonly fixedAt: Date | null;
  readonly dueAt: Date | null;
  readonly published: string | null;
  readonly assetSeenAt: Date;
  readonly events: readonly EventRow[] | null;
}

interface EventRow {
  readonly at: string;
  readonly kind: string;
  readonly byPerson: boolean;
  readonly to: string | null;
  readonly from: string | null;
}

/** Findings that were open or accepted on one of the days, with all that happened to them. */
async function historiesOf(query: Query, asset: string, from: Date): Promise<readonly KindHistories[]> {
  const { rows } = await sql<HistoryRow>`
    select finding.kind, severity, state, finding.first_seen_at as "firstSeenAt", fixed_at as "fixedAt", due_at as "dueAt",
      finding.details ->> 'published' as published, asset.first_seen_at as "assetSeenAt",
      (select json_agg(json_build_object('at', at, 'kind', finding_event.kind, 'byPerson', actor is not null,
          'to', finding_event.details ->> 'to', 'from', finding_event.details ->> 'from') order by at, finding_event.id)
        from finding_event where finding_id = finding.id and finding_event.kind = any(${TOLD})) as events
    from finding join asset on asset.id = finding.asset_id
    where finding.asset_id = ${asset} and (state in ('open', 'in-progress', 'accepted') or fixed_at >= ${from}
      or exists (select from finding_event where finding_id = finding.id and at >= ${from}))`.execute(query);
  const kinds = new Map<string, KindHistories>();
  for (const row of rows) {
    const key = JSON.stringify([row.kind, row.severity]);
    const known = kinds.get(key) ?? { kind: row.kind, severity: row.severity, histories: [] };
    known.histories.push(historyOf(row));
    kinds.set(key, known);
  }
  return [...kinds.values()];
}

const TOLD = [
  'assigned',
  'started',
  'commented',
  'decided',
  'reopened',
  'fixed',
  'came-back',
  'due-changed',
] as const satisfies readonly string[];

function historyOf({ kind: _, severity: __, published, events, ...row }: HistoryRow): FindingHistory {
  const at = published === null ? Number.NaN : Date.parse(published);
  return {
    ...row,
    publishedAt: Number.isNaN(at) ? undefined : new Date(at),
    events: (events ?? []).map(eventOf),
  };
}

function eventOf({ at, kind, byPerson, to, from }: EventRow): HistoryEvent {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  return {
    at: new Date(at),
    kind,
    byPerson: byPerson && !(kind === 'assigned' && to === null),
    to: to ?? undefined,
    ...(kind === 'due-changed' && { due: { from: date(from), to: date(to) } }),
  };
}

/** A scan that is older says little of what is there today. */
const SCANNED_DAYS = 7;

async function measureCoverage(query: Query, asset: string, from: Date, now: Date): Promise<void> {
  await sql`
    insert into program_asset_day (asset_id, day, assets, scanned, artifacts, inventoried, signed, unsigned, hosts)
    select asset.id, (day at time zone 'UTC')::date, 1,
      exists (select from report where report.asset_id = asset.id and complete and created_at < day + interval '24 hours'
        and created_at >= day + interval '24 hours' - make_interval(days => ${SCANNED_DAYS}))::integer,
      count(artifact.id), count(artifact.id) filter (where inventory_complete),
      count(artifact.id) filter (where facts ->> 'signature' = 'verified'),
      count(artifact.id) filter (where facts ->> 'signature' in ('none', 'invalid', 'untrusted')),
      (asset.kind = 'host')::integer
    from asset
    cross join generate_series(${dayOf(from)}::timestamptz, ${dayOf(now)}::timestamptz, interval '24 hours') as day
    left join artifact on artifact.asset_id = asset.id and is_current and artifact.first_seen_at < day + interval '24 hours'
    where asset.id = ${asset} and asset.first_seen_at < day + interval '24 hours'
    group by asset.id, day
    on conflict (asset_id, day) do update set scanned = excluded.scanned, artifacts = excluded.artifacts,
      inventoried = excluded.inventoried, signed = excluded.signed, unsigned = excluded.unsigned`.execute(query);
}

/** Days that nobody looks at any more. */
export async function forgetDays(query: Query, now: Date): Promise<void> {
  const before = isoDay(addDays(dayOf(now), -2 * MAX_DAYS));
  await query.deleteFrom('program_day').where('day', '<', before).execute();
  await query.deleteFrom('program_asset_day').where('day', '<', before).execute();
}
