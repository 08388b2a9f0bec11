import { sql } from 'kysely';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Query } from '../../index.ts';
import { isVisibleAsset, lockAsset } from '../assets.ts';
import { settleOwner } from '../ownership.ts';
import { replaceContainers, type ToldContainer } from './told.ts';

export interface ToldHost {
  readonly name: string;
  readonly generation: number;
  readonly createdAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly ToldContainer[];
  readonly listeners: readonly {
    readonly protocol: string;
    readonly address: string;
    readonly port: number;
    readonly process: string | undefined;
    readonly container: string | undefined;
  }[];
}

export interface AcceptedState {
  /** Of the host or the cluster. */
  readonly id: string;
  /** Something newer was told before: nothing has changed. */
  readonly isOld: boolean;
  /** Digests of images of which something started or ended. */
  readonly changed: readonly string[];
}

/** Takes in all that runs on a host. The same once more changes nothing, and something older neither. In a transaction. */
export async function acceptHost(
  query: Query,
  told: ToldHost,
  scopes: readonly Scope[],
  at: Date,
): Promise<Result<AcceptedState, 'out-of-scope'>> {
  const asset = await lockAsset(query, { kind: 'host', name: told.name }, told.createdAt);
  if (!asset.isNew && !(await isVisibleAsset(query, scopes, asset.id))) return err('out-of-scope');
  await settleOwner(query, asset, { ...asset.labels, ...told.labels });
  if (asset.isNew && !(await isVisibleAsset(query, scopes, asset.id))) return err('out-of-scope');
  const { rows } = await sql`
    insert into host (asset_id, generation, told_at, facts)
    values (${asset.id}, ${told.generation}, ${told.createdAt}, ${JSON.stringify(told.facts)}::jsonb)
    on conflict (asset_id) do update set generation = excluded.generation, told_at = excluded.told_at, facts = excluded.facts
    where host.generation < excluded.generation
    returning asset_id`.execute(query);
  if (rows.length === 0) return ok({ id: asset.id, isOld: true, changed: [] });
  const changed = await replaceContainers(query, [asset.id], [{ asset: asset.id, containers: told.containers }], at);
  await replaceListeners(query, asset.id, told.listeners, at);
  return ok({ id: asset.id, isOld: false, changed });
}

async function replaceListeners(
  query: Query,
  asset: string,
  listeners: ToldHost['listeners'],
  at: Date,
): Promise<void> {
  const { rows } = await sql<{ readonly id: string }>`
    insert into listener (asset_id, container_key, protocol, address, port, process, first_seen_at)
    select distinct on (container_key, protocol, address, port) ${asset}::uuid, container_key, protocol, address, port, process, ${at}::timestamptz
    from unnest(
      ${listeners.map(({ container }) => container ?? null)}::text[], ${listeners.map(({ protocol }) => protocol)}::text[],
      ${listeners.map(({ address }) => address)}::text[], ${listeners.map(({ port }) => port)}::int[],
      ${listeners.map(({ process }) => process ?? null)}::text[]) as one (container_key, protocol, address, port, process)
    on conflict (asset_id, container_key, protocol, address, port) do update set
      process = excluded.process, gone_at = null
    returning id`.execute(query);
  await sql`
    update listener set gone_at = ${at}
    where asset_id = ${asset} and gone_at is null and id <> all (${rows.map(({ id }) => id)}::uuid[])`.execute(query);
}
