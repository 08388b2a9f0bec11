import { sql } from 'kysely';
import { err, ok, type Result } from '#foundation/index.ts';
import type { Scope } from '#identity/index.ts';
import type { Query } from '../../index.ts';
import { applyOwnershipTo } from '../ownership.ts';
import type { AcceptedState } from './host.ts';
import { replaceContainers, type ToldContainer } from './told.ts';

export interface ToldWorkload {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly exposure: 'internet' | 'internal';
  readonly exposedBy: readonly string[];
  readonly containers: readonly ToldContainer[];
}

export interface ToldCluster {
  readonly name: string;
  readonly generation: number;
  readonly createdAt: Date;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly namespaces: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly workloads: readonly ToldWorkload[];
}

export interface AcceptedCluster extends AcceptedState {
  /** Workloads whose exposure is another one now. */
  readonly exposed: readonly string[];
}

/** Takes in all workloads of a cluster. The same once more changes nothing, and something older neither. In a transaction. */
export async function acceptCluster(
  query: Query,
  told: ToldCluster,
  scopes: readonly Scope[],
  at: Date,
): Promise<Result<AcceptedCluster, 'out-of-scope'>> {
  // All of it is told at once, so all of it has to be theirs.
  if (!scopes.some((scope) => covers(scope, told.name))) return err('out-of-scope');
  await sql`select pg_advisory_xact_lock(hashtextextended(${`cluster ${told.name}`}, 0))`.execute(query);
  const known = await query
    .selectFrom('cluster')
    .select(['id', 'generation'])
    .where('name', '=', told.name)
    .executeTakeFirst();
  if (known && known.generation >= told.generation) return ok({ id: known.id, isOld: true, changed: [], exposed: [] });
  const { id } = await query
    .insertInto('cluster')
    .values({
      name: told.name,
      generation: told.generation,
      told_at: told.createdAt,
      facts: JSON.stringify(told.facts),
    })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ generation: told.generation, told_at: told.createdAt, facts: JSON.stringify(told.facts) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  await replaceNamespaces(query, id, told.namespaces);
  const { assets, gone, exposed } = await replaceWorkloads(query, id, told, at);
  await applyOwnershipTo(query, [...assets.values()]);
  const containers = told.workloads.flatMap((one) => {
    const asset = assets.get(nameOf(told.name, one));
    return asset === undefined ? [] : [{ asset, containers: one.containers }];
  });
  const changed = await replaceContainers(query, [...assets.values(), ...gone], containers, at);
  return ok({ id, isOld: false, changed, exposed });
}

function covers(scope: Scope, cluster: string): boolean {
  if (scope.kind === 'all') return true;
  return scope.kind === 'assets' && scope.asset === 'workload' && `${cluster}/`.startsWith(scope.prefix);
}

function nameOf(cluster: string, { namespace, kind, name }: Pick<ToldWorkload, 'namespace' | 'kind' | 'name'>): string {
  return `${cluster}/${namespace}/${kind}/${name}`;
}

async function replaceNamespaces(query: Query, cluster: string, namespaces: ToldCluster['namespaces']): Promise<void> {
  const names = namespaces.map(({ name }) => name);
  await sql`delete from namespace where cluster_id = ${cluster} and name <> all (${names}::text[])`.execute(query);
  await sql`
    insert into namespace (cluster_id, name, labels)
    select distinct on (name) ${cluster}::uuid, name, labels::jsonb
    from unnest(${names}::text[], ${namespaces.map(({ labels }) => JSON.stringify(labels))}::text[]) as one (name, labels)
    on conflict (cluster_id, name) do update set labels = excluded.labels`.execute(query);
}

async function replaceWorkloads(query: Query, cluster: string, { name, workloads, createdAt }: ToldCluster, at: Date) {
  const unique = [...new Map(workloads.map((one) => [nameOf(name, one), one]))].sort(([a], [b]) => (a < b ? -1 : 1));
  const list = unique.map(([, one]) => one);
  const { rows } = await sql<{ readonly id: string; readonly name: string; readonly isMoved: boolean }>`
    with told as materialized (
      select * from unnest(
        ${unique.map(([asset]) => asset)}::text[], ${list.map(({ namespace }) => namespace)}::text[],
        ${list.map(({ kind }) => kind)}::text[], ${list.map((one) => one.name)}::text[],
        ${list.map(({ labels }) => JSON.stringify(labels))}::text[], ${list.map(({ facts }) => JSON.stringify(facts))}::text[],
        ${list.map(({ exposure }) => exposure)}::text[], ${list.map(({ exposedBy }) => JSON.stringify(exposedBy))}::text[]
      ) as one (asset, namespace, kind, name, labels, facts, exposure, exposed_by)
    ), before as materialized (
      select asset.name, asset.exposure from asset join told on asset.kind = 'workload' and asset.name = told.asset
    ), kept as (
      insert into asset (kind, name, labels, exposure, exposure_by, first_seen_at, last_seen_at)
      select 'workload', asset, labels::jsonb, exposure, coalesce(exposed_by::jsonb ->> 0, ${`cluster ${name}`}), ${createdAt}::timestamptz, ${createdAt}::timestamptz
      from told order by asset
      on conflict (kind, name) do update set
        labels = excluded.labels, last_seen_at = greatest(asset.last_seen_at, excluded.last_seen_at),
        exposure = case when asset.exposure_by = 'explicit' then asset.exposure else excluded.exposure end,
        exposure_by = case when asset.exposure_by = 'explicit' then asset.exposure_by else excluded.exposure_by end
      returning id, asset.name, asset.exposure
    ), written as (
      insert into workload (asset_id, cluster_id, namespace, kind, name, facts, exposed_by, first_seen_at)
      select kept.id, ${cluster}::uuid, told.namespace, told.kind, told.name, told.facts::jsonb, told.exposed_by::jsonb, ${at}::timestamptz
      from kept join told on told.asset = kept.name
      on conflict (asset_id) do update set facts = excluded.facts, exposed_by = excluded.exposed_by, gone_at = null
    )
    select kept.id, kept.name, kept.exposure is distinct from coalesce(before.exposure, 'unknown') as "isMoved"
    from kept left join before on before.name = kept.name`.execute(query);
  const ids = rows.map(({ id }) => id);
  const { rows: gone } = await sql<{ readonly id: string }>`
    update workload set gone_at = ${at}
    where cluster_id = ${cluster} and gone_at is null and asset_id <> all (${ids}::uuid[]) returning asset_id as id`.execute(
    query,
  );
  return {
    assets: new Map(rows.map((row) => [row.name, row.id])),
    gone: gone.map(({ id }) => id),
    exposed: rows.flatMap(({ id, isMoved }) => (isMoved ? [id] : [])),
  };
}
