import { sql } from 'kysely';
import type { Exposure } from '#findings/index.ts';
import type { Query } from '../../index.ts';

/**
 * Says of repositories from where they can be reached, by the workloads that run their images; what a person has set stays. Returns those
 * for which it is another answer than before.
 *
 * @param repositories those whose images started or ended somewhere, or run where something has changed
 */
export async function exposeRepositories(query: Query, repositories: readonly string[]): Promise<readonly string[]> {
  if (repositories.length === 0) return [];
  const { rows } = await sql<{ readonly id: string }>`
    with running as (
      select artifact.asset_id, owner.name, owner.exposure
      from artifact join container on container.gone_at is null and container.image_digests && artifact.digests
      join asset owner on owner.id = container.asset_id and owner.kind = 'workload'
      where artifact.asset_id = any (${[...repositories]}::uuid[])
    ), said as (
      select one.id, coalesce(
          case when bool_or(running.exposure = 'internet') then 'internet' when count(running.name) > 0 then 'internal' end,
          'unknown') as exposure,
        'workload ' || coalesce(min(running.name) filter (where running.exposure = 'internet'), min(running.name)) as by
      from unnest(${[...repositories]}::uuid[]) as one (id) left join running on running.asset_id = one.id group by one.id
    )
    update asset set exposure = said.exposure, exposure_by = said.by
    from said where asset.id = said.id and asset.exposure_by is distinct from 'explicit'
      and (asset.exposure <> said.exposure or asset.exposure_by is distinct from said.by)
      -- What nothing runs keeps what was not said by what ran.
      and (said.by is not null or asset.exposure_by like 'workload %' or asset.exposure_by is null)
    returning asset.id`.execute(query);
  return rows.map(({ id }) => id);
}

/** Repositories of which these workloads run an image. */
export async function repositoriesRunBy(query: Query, workloads: readonly string[]): Promise<readonly string[]> {
  if (workloads.length === 0) return [];
  const { rows } = await sql<{ readonly id: string }>`
    select distinct artifact.asset_id as id
    from container join artifact on artifact.digests && container.image_digests
    where container.asset_id = any (${[...workloads]}::uuid[]) and container.gone_at is null order by 1`.execute(query);
  return rows.map(({ id }) => id);
}

export interface AssetSetting {
  /** `undefined` leaves it; null: what the estate says counts again. */
  readonly exposure?: Exposure | null;
  /** Undefined leaves it; null: the rules decide again. */
  readonly team?: string | null;
}

/** Sets by hand from where an asset can be reached, and who owns it. */
export async function setAsset(query: Query, asset: string, { exposure, team }: AssetSetting): Promise<void> {
  if (exposure !== undefined)
    await query
      .updateTable('asset')
      .set(exposure === null ? { exposure: 'unknown', exposure_by: null } : { exposure, exposure_by: 'explicit' })
      .where('id', '=', asset)
      .execute();
  if (team !== undefined)
    await query
      .updateTable('asset')
      .set({ team_id: team, owned_by: team === null ? null : 'explicit' })
      .where('id', '=', asset)
      .execute();
}

/** Of one asset that is no longer set by hand: what is known of where it runs. */
export async function refreshExposure(query: Query, asset: string): Promise<void> {
  const workload = await query
    .selectFrom('workload')
    .select('exposed_by as by')
    .where('asset_id', '=', asset)
    .executeTakeFirst();
  if (workload === undefined) {
    await exposeRepositories(query, [asset]);
    return;
  }
  const isOutside = workload.by.some((one) => one.startsWith('ingress ') || one.startsWith('service '));
  await query
    .updateTable('asset')
    .set({ exposure: isOutside ? 'internet' : 'internal', exposure_by: workload.by[0] ?? 'cluster' })
    .where('id', '=', asset)
    .execute();
}
