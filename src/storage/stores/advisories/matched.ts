import { sql } from 'kysely';
import type { Query } from '../../index.ts';
import { lockAssetById } from '../assets.ts';
import { MATCHER } from '../findings-ingest.ts';
import { settleAsset } from '../settle.ts';
import type { MatchedVulnerability } from './open.ts';

/** A vulnerability that a scan has told of: the server need not tell of it again. */
export interface ToldPlace {
  readonly rule: string;
  readonly packageId: number;
}

/** What scans told of vulnerabilities in the packages of an artifact. */
export async function toldPlaces(query: Query, artifact: number): Promise<readonly ToldPlace[]> {
  const { rows } = await sql<ToldPlace>`
    select distinct finding.rule, occurrence.package_id as "packageId"
    from occurrence join finding on finding.id = occurrence.finding_id
    where occurrence.artifact_id = ${artifact} and occurrence.gone_at is null and occurrence.tool <> ${MATCHER}
      and occurrence.package_id is not null and finding.kind = 'vulnerability'`.execute(query);
  return rows;
}

/**
 * Notes that all packages of an artifact were compared with all advisories: what the server told of them before and does not any more is
 * gone, and findings of the asset are brought to where that puts them.
 *
 * @param matched all that holds now, told by scans or not
 * @param isComplete nothing was left out for want of data
 */
export async function noteMatched(
  database: Query,
  artifact: { readonly id: number; readonly asset: string },
  matched: readonly MatchedVulnerability[],
  isComplete: boolean,
  at: Date,
): Promise<void> {
  const names = matched.flatMap(({ packageId, finding }) => finding.ids.map((id) => ({ packageId, id })));
  await database.transaction().execute(async (query) => {
    await lockAssetById(query, artifact.asset);
    await query
      .updateTable('artifact')
      .set({ matched_at: at, match_complete: isComplete })
      .where('id', '=', artifact.id)
      .execute();
    await sql`
      update occurrence set gone_at = ${at} from finding
      where occurrence.artifact_id = ${artifact.id} and occurrence.tool = ${MATCHER} and occurrence.gone_at is null
        and finding.id = occurrence.finding_id and (finding.rule, occurrence.package_id) not in (
          select * from unnest(${names.map(({ id }) => id)}::text[], ${names.map(({ packageId }) => packageId)}::bigint[]))`.execute(
      query,
    );
    await settleAsset(query, artifact.asset, at);
  });
}

/** Artifacts that are looked at in one statement. */
const AT_ONCE = 2000;

/** When speakers of an ecosystem come or go, all that has to do with it is to be compared anew. */
export async function matchAgain(
  query: Query,
  about: { readonly contexts: readonly string[]; readonly ecosystems: readonly string[] },
): Promise<void> {
  for (let after = 0, seen = AT_ONCE; seen === AT_ONCE; ) {
    const { rows } = await sql<{ readonly last: number | null; readonly seen: number }>`
      with part as materialized (
        select id from artifact where id > ${after} order by id limit ${AT_ONCE}
      ), marked as (
        update artifact set matched_at = null from part
        where artifact.id = part.id and is_current and matched_at is not null
          and (match_context = any (${[...about.contexts]}::text[]) or exists (
            select from artifact_package_set held
            join package_set_member member on member.set_id = held.set_id
            join package on package.id = member.package_id
            where held.artifact_id = artifact.id and exists (
              select from unnest(lookups) as key where split_part(key, ' ', 1) = any (${[...about.ecosystems]}::text[]))))
      )
      select max(id) as last, count(*)::int as seen from part`.execute(query);
    after = rows[0]?.last ?? after;
    seen = rows[0]?.seen ?? 0;
  }
}

export interface AdvisoryState {
  readonly checkedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly outcome: object;
}

export async function advisoryState(query: Query): Promise<AdvisoryState> {
  const row = await query.selectFrom('advisory_state').selectAll().executeTakeFirst();
  return { checkedAt: row?.checked_at ?? null, appliedAt: row?.applied_at ?? null, outcome: row?.outcome ?? {} };
}

/** `outcome` is added to what is known. */
export async function noteAdvisoryState(
  query: Query,
  { checkedAt = null, appliedAt = null, outcome }: Partial<AdvisoryState> & Pick<AdvisoryState, 'outcome'>,
): Promise<void> {
  await sql`
    insert into advisory_state (checked_at, applied_at, outcome)
    values (${checkedAt}::timestamptz, ${appliedAt}::timestamptz, ${JSON.stringify(outcome)}::jsonb)
    on conflict (id) do update set
      checked_at = coalesce(excluded.checked_at, advisory_state.checked_at),
      applied_at = coalesce(excluded.applied_at, advisory_state.applied_at),
      outcome = advisory_state.outcome || excluded.outcome`.execute(query);
}
