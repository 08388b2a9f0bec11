import { sql } from 'kysely';
import type { Query } from '../../index.ts';
import { refreshCurrent } from '../artifacts.ts';
import { lockAssetById } from '../assets.ts';
import { settleAsset } from '../settle.ts';

export interface ToldContainer {
  readonly key: string;
  readonly name: string;
  readonly image: string;
  readonly digests: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ContainersOf {
  readonly asset: string;
  readonly containers: readonly ToldContainer[];
}

/**
 * Sets what runs in hosts or workloads: what is not told is gone. Returns digests of images of which something started or ended.
 *
 * @param all assets whose containers these are all of, also those without any
 */
export async function replaceContainers(
  query: Query,
  all: readonly string[],
  told: readonly ContainersOf[],
  at: Date,
): Promise<readonly string[]> {
  const rows = told.flatMap(({ asset, containers }) => containers.map((one) => ({ asset, ...one })));
  const { rows: changed } = await sql<{ readonly digest: string }>`
    with told as materialized (
      select * from unnest(
        ${rows.map(({ asset }) => asset)}::uuid[], ${rows.map(({ key }) => key)}::text[],
        ${rows.map(({ name }) => name)}::text[], ${rows.map(({ image }) => image)}::text[],
        ${rows.map(({ digests }) => JSON.stringify(digests))}::text[], ${rows.map(({ facts }) => JSON.stringify(facts))}::text[]
      ) as one (asset_id, key, name, image, digests, facts)
    ), before as materialized (
      select asset_id, key, image_digests, gone_at from container where asset_id = any (${[...all]}::uuid[])
    ), written as (
      insert into container (asset_id, key, name, image, image_digests, facts, first_seen_at, last_seen_at)
      select distinct on (asset_id, key) asset_id, key, name, image, array(select jsonb_array_elements_text(digests::jsonb)), facts::jsonb, ${at}::timestamptz, ${at}::timestamptz
      from told
      on conflict (asset_id, key) do update set
        name = excluded.name, image = excluded.image, image_digests = excluded.image_digests, facts = excluded.facts,
        last_seen_at = excluded.last_seen_at, gone_at = null
      returning asset_id, key, image_digests
    ), ended as (
      update container set gone_at = ${at} where asset_id = any (${[...all]}::uuid[]) and gone_at is null
        and (asset_id, key) not in (select asset_id, key from told)
      returning asset_id, key, image_digests
    )
    select distinct unnest(image_digests) as digest from (
      select written.image_digests from written left join before using (asset_id, key)
      where before.key is null or before.gone_at is not null or before.image_digests <> written.image_digests
      union all select before.image_digests from written join before using (asset_id, key)
      where before.image_digests <> written.image_digests
      union all select image_digests from ended
    ) as one`.execute(query);
  return changed.map(({ digest }) => digest);
}

/** Assets with artifacts of these digests. */
export async function assetsOfDigests(query: Query, digests: readonly string[]): Promise<readonly string[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<{ readonly id: string }>`
    select distinct asset_id as id from artifact where digests && ${[...digests]}::text[] order by 1`.execute(query);
  return rows.map(({ id }) => id);
}

/** Says anew which artifacts of an asset count, and brings its findings there. In a transaction. */
export async function refreshAsset(query: Query, asset: string, at: Date): Promise<void> {
  await lockAssetById(query, asset);
  await refreshCurrent(query, asset);
  await settleAsset(query, asset, at);
}
