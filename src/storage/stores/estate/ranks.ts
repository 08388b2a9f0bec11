import { sql } from 'kysely';
import type { Query } from '../../index.ts';

/** Open vulnerabilities of an asset that have a receipt of how soon to act, with what is known of the asset. */
export async function rankedFindings(query: Query, asset: string) {
  const { exposure, by } = await query
    .selectFrom('asset')
    .select(['exposure', 'exposure_by as by'])
    .where('id', '=', asset)
    .executeTakeFirstOrThrow();
  const findings = await query
    .selectFrom('finding')
    .select(['id', 'rule', 'severity', 'details'])
    .where('asset_id', '=', asset)
    .where('kind', '=', 'vulnerability')
    .where('state', 'in', ['open', 'in-progress'])
    .where(sql<boolean>`details ? 'priority'`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return { exposure, by, findings };
}

export async function setRanks(
  query: Query,
  ranks: readonly { readonly id: string; readonly rank: number; readonly priority: object }[],
): Promise<void> {
  if (ranks.length === 0) return;
  await sql`
    update finding set rank = one.rank, details = jsonb_set(details, '{priority}', one.priority::jsonb)
    from unnest(
      ${ranks.map(({ id }) => id)}::uuid[], ${ranks.map(({ rank }) => rank)}::float8[],
      ${ranks.map(({ priority }) => JSON.stringify(priority))}::text[]) as one (id, rank, priority)
    where finding.id = one.id`.execute(query);
}
