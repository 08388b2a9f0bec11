import { sql } from 'kysely';
import type { FindingGroup, SubmittedPackage } from '#findings/index.ts';
import type { Severity } from '#model/index.ts';
import type { Query } from '../index.ts';
import type { StandingRow } from './finding-changes.ts';
import { packageIdentity } from './packages.ts';

/** A finding after a report was taken in. */
export interface ToldFinding extends StandingRow {
  readonly severity: Severity;
  readonly exploited: boolean;
  readonly isNew: boolean;
  /** No newer report speaks of it: what this one says counts. */
  readonly isNewest: boolean;
  readonly group: FindingGroup;
}

export interface TellingReport {
  readonly asset: string;
  readonly artifact: number;
  readonly tool: string;
  /** SHA-256: of two reports of the same time, it says which counts. */
  readonly content: string;
  readonly createdAt: Date;
  /** When a finding that is new has to be fixed. */
  dueAt(group: FindingGroup): Date | undefined;
}

type UpsertedRow = Omit<ToldFinding, 'group'> & Pick<FindingGroup, 'kind' | 'rule' | 'subject'>;

/** Adds findings, and what is newer about those that are there. */
export async function storeFindings(
  query: Query,
  groups: readonly FindingGroup[],
  telling: TellingReport,
): Promise<readonly ToldFinding[]> {
  const told: ToldFinding[] = [];
  for (let start = 0; start < groups.length; start += AT_ONCE)
    told.push(...(await storeSome(query, groups.slice(start, start + AT_ONCE), telling)));
  return told;
}

/** Of one statement: they are bounded in time, and a report may have a hundred thousand. */
const AT_ONCE = 4000;

async function storeSome(
  query: Query,
  groups: readonly FindingGroup[],
  { asset, content, createdAt, dueAt }: TellingReport,
): Promise<readonly ToldFinding[]> {
  const isNewer = sql`(excluded.last_seen_at, excluded.told_by) > (finding.last_seen_at, finding.told_by)`;
  const newer = (column: string) =>
    sql`${sql.ref(column)} = case when ${isNewer} then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`finding.${column}`)} end`;
  const { rows } = await sql<UpsertedRow>`
    insert into finding (
      asset_id, kind, rule, subject, title, severity, rank, exploited, details, first_seen_at, last_seen_at, due_from, due_at, told_by
    )
    select
      ${asset}::uuid, kind, rule, subject, title, severity, rank, exploited, details::jsonb,
      ${createdAt}::timestamptz, ${createdAt}::timestamptz, ${createdAt}::timestamptz, due_at, ${content}
    from unnest(
      ${groups.map(({ kind }) => kind)}::text[], ${groups.map(({ rule }) => rule)}::text[],
      ${groups.map(({ subject }) => subject)}::text[], ${groups.map(({ title }) => title)}::text[],
      ${groups.map(({ severity }) => severity)}::text[], ${groups.map(({ rank }) => rank)}::float8[],
      ${groups.map(({ isExploited }) => isExploited)}::boolean[],
      ${groups.map(({ details }) => JSON.stringify(details))}::text[], ${groups.map((group) => dueAt(group) ?? null)}::timestamptz[]
    ) as one (kind, rule, subject, title, severity, rank, exploited, details, due_at)
    on conflict (asset_id, kind, rule, subject) do update set
      ${sql.join(['title', 'severity', 'rank', 'exploited', 'details'].map(newer))},
      told_by = case when ${isNewer} then excluded.told_by else finding.told_by end,
      first_seen_at = least(finding.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(finding.last_seen_at, excluded.last_seen_at),
      due_from = case when finding.reopened = 0 then least(finding.due_from, excluded.due_from) else finding.due_from end
    returning
      id, kind, rule, subject, severity, exploited, state, decision, assignee, due_at, due_by_hand, due_from, fixed_at,
      reopened, xmax = 0 as "isNew", told_by = ${content} as "isNewest"`.execute(query);
  const byKey = new Map(groups.map((group) => [keyOf(group), group]));
  return rows.flatMap((row) => {
    const group = byKey.get(keyOf(row));
    return group === undefined ? [] : [{ ...row, group }];
  });
}

function keyOf({ kind, rule, subject }: Pick<FindingGroup, 'kind' | 'rule' | 'subject'>): string {
  return JSON.stringify([kind, rule, subject]);
}

/** Adds where the findings are. */
export async function storeOccurrences(
  query: Query,
  findings: readonly ToldFinding[],
  { artifact, tool, createdAt }: TellingReport,
  packageIds: ReadonlyMap<string, number>,
): Promise<void> {
  const idOf = (one: SubmittedPackage | undefined) =>
    one === undefined ? null : (packageIds.get(packageIdentity(one)) ?? null);
  const rows = new Map(
    findings.flatMap(({ id, group }) =>
      group.occurrences.map(({ location, details, package: owner }) => {
        const row = { id, location, owner: idOf(owner), details: JSON.stringify(details) };
        return [JSON.stringify([id, location, row.owner]), row] as const;
      }),
    ),
  );
  const all = [...rows.values()];
  for (let start = 0; start < all.length; start += AT_ONCE)
    await storePlaces(query, all.slice(start, start + AT_ONCE), { artifact, tool, createdAt });
}

interface PlaceRow {
  /** Of the finding. */
  readonly id: string;
  readonly location: string;
  readonly owner: number | null;
  /** As JSON. */
  readonly details: string;
}

async function storePlaces(
  query: Query,
  all: readonly PlaceRow[],
  { artifact, tool, createdAt }: Pick<TellingReport, 'artifact' | 'tool' | 'createdAt'>,
): Promise<void> {
  await sql`
    insert into occurrence (finding_id, artifact_id, tool, package_id, location, details, first_seen_at, last_seen_at)
    select
      finding_id, ${artifact}::bigint, ${tool}, package_id, location, details::jsonb,
      ${createdAt}::timestamptz, ${createdAt}::timestamptz
    from unnest(
      ${all.map(({ id }) => id)}::uuid[], ${all.map(({ owner }) => owner)}::bigint[],
      ${all.map(({ location }) => location)}::text[], ${all.map(({ details }) => details)}::text[]
    ) as one (finding_id, package_id, location, details)
    on conflict on constraint occurrence_place do update set
      details = case
        when excluded.last_seen_at >= occurrence.last_seen_at then excluded.details else occurrence.details
      end,
      first_seen_at = least(occurrence.first_seen_at, excluded.first_seen_at),
      last_seen_at = greatest(occurrence.last_seen_at, excluded.last_seen_at)`.execute(query);
}

/**
 * Says of each occurrence in the artifact when it was gone: at the first complete report of the same tool that looked for its kind after
 * it was last seen. Of an incomplete one, and of one that came late, nothing follows.
 */
export async function markGone(
  query: Query,
  { artifact, tool }: Pick<TellingReport, 'artifact' | 'tool'>,
): Promise<void> {
  await sql`
    update occurrence set gone_at = proof.at
    from (
      select occurrence.id, (
        select report.created_at from report
        where report.artifact_id = occurrence.artifact_id and report.tool = occurrence.tool and report.complete
          and finding.kind = any (report.scanners) and report.created_at > occurrence.last_seen_at
        order by report.created_at limit 1
      ) as at
      from occurrence join finding on finding.id = occurrence.finding_id
      where occurrence.artifact_id = ${artifact} and occurrence.tool = ${tool}
    ) as proof
    where occurrence.id = proof.id and occurrence.gone_at is distinct from proof.at`.execute(query);
}

/** Who finds what the server itself finds, by comparing packages that it knows with advisories that came later. */
export const MATCHER = 'advisories';

export interface EvidenceRow extends StandingRow {
  readonly severity: Severity;
  readonly exploited: boolean;
  readonly presentIn: string | null;
  readonly isProvenGone: boolean;
}

/** Digests of the artifacts that count, for what is proven by them. */
export interface CurrentArtifacts {
  readonly digests: readonly string[];
  /** Findings of the asset that are not where scans say. */
  readonly findings: readonly EvidenceRow[];
}

/**
 * What scans, all together, say about those findings of the asset whose state differs from it. A finding is gone when each current artifact of the streams that it was met in has a complete
 * report for its kind, by a tool that had found it before, and none has it.
 */
export async function findingsToSettle(query: Query, asset: string): Promise<CurrentArtifacts> {
  // Nothing is known yet of rows that were just written: a plan for a few would be quadratic in many. Lists of ids lead into the indexes
  // all the same, where a join alone would read the whole table for each report.
  await sql`set local enable_nestloop = off`.execute(query);
  const { rows } = await sql<EvidenceRow>`
    with counted as materialized (
      select id, digest, stream, matched_at, match_complete from artifact where asset_id = ${asset} and is_current
    ), live as materialized (
      select occurrence.finding_id, min(counted.digest) as digest
      from occurrence join counted on counted.id = occurrence.artifact_id
      where occurrence.artifact_id = any(array(select id from counted)) and occurrence.gone_at is null group by occurrence.finding_id
    ), proof as materialized (
      select distinct report.artifact_id, report.tool, scanner.kind
      from report join counted on counted.id = report.artifact_id, unnest(report.scanners) as scanner (kind)
      where report.artifact_id = any(array(select id from counted)) and report.complete
      union all
      select id, ${MATCHER}, 'vulnerability' from counted where matched_at is not null and match_complete
    ), candidate as materialized (
      select finding.id, finding.kind, finding.state, live.digest from finding
      left join live on live.finding_id = finding.id
      where finding.asset_id = ${asset} and (finding.state = 'fixed') = (live.digest is not null)
    ), met as materialized (
      select distinct occurrence.finding_id, occurrence.tool, artifact.stream
      from candidate join occurrence on occurrence.finding_id = candidate.id
      join artifact on artifact.id = occurrence.artifact_id and artifact.asset_id = ${asset}
      where occurrence.finding_id = any(array(select id from candidate where digest is null)) and candidate.digest is null
    ), needed as materialized (
      select distinct met.finding_id, counted.id as artifact_id from met join counted on counted.stream = met.stream
    ), proven as materialized (
      select distinct met.finding_id, proof.artifact_id
      from met join candidate on candidate.id = met.finding_id
      join proof on proof.tool = met.tool and proof.kind = candidate.kind
    ), unproven as materialized (
      select distinct needed.finding_id from needed left join proven using (finding_id, artifact_id)
      where proven.finding_id is null
    ), known as materialized (
      select distinct finding_id from met
    )
    select
      finding.id, finding.state, decision, assignee, due_at, due_by_hand, due_from, fixed_at, reopened, severity, exploited,
      candidate.digest as "presentIn",
      candidate.digest is null and known.finding_id is not null and unproven.finding_id is null as "isProvenGone"
    from candidate join finding on finding.id = candidate.id
    left join known on known.finding_id = candidate.id
    left join unproven on unproven.finding_id = candidate.id
    where finding.asset_id = ${asset}
    order by finding.id for update of finding`.execute(query);
  await sql`set local enable_nestloop = on`.execute(query);
  const { rows: counted } = await sql<{ readonly digest: string }>`
    select digest from artifact where asset_id = ${asset} and is_current order by last_seen_at desc, digest limit 20`.execute(
    query,
  );
  return { digests: counted.map(({ digest }) => digest), findings: rows };
}
