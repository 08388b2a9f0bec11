import { type Kysely, sql } from 'kysely';

/** What runs where: clusters with their workloads, hosts with their containers and listening sockets, each told whole by whoever sees it. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(query);
}

const statements = [
  // Who says from where it can be reached: 'explicit', 'ingress shop/web', 'workload …'; null with 'unknown'.
  sql`alter table asset add column exposure_by text`,
  sql`
    create table cluster (
      id uuid primary key default gen_random_uuid(),
      name text not null unique,
      -- of the document that the state is from
      generation bigint not null,
      told_at timestamptz not null,
      facts jsonb not null default '{}'
    )`,
  sql`
    create table namespace (
      cluster_id uuid not null references cluster on delete cascade,
      name text not null,
      labels jsonb not null default '{}',
      primary key (cluster_id, name)
    )`,
  sql`
    create table workload (
      asset_id uuid primary key references asset on delete cascade,
      cluster_id uuid not null references cluster on delete cascade,
      namespace text not null,
      kind text not null,
      name text not null,
      facts jsonb not null default '{}',
      -- services and ingresses that lead to it
      exposed_by jsonb not null default '[]',
      first_seen_at timestamptz not null,
      gone_at timestamptz,
      unique (cluster_id, namespace, kind, name)
    )`,
  sql`
    create table host (
      asset_id uuid primary key references asset on delete cascade,
      generation bigint not null,
      told_at timestamptz not null,
      facts jsonb not null default '{}'
    )`,
  sql`
    create table container (
      id uuid primary key default gen_random_uuid(),
      -- the host or the workload that tells of it
      asset_id uuid not null references asset on delete cascade,
      -- what it is called by its teller: the id of a run-time, the name in a pod
      key text not null,
      name text not null,
      image text not null,
      image_digests text[] not null default '{}',
      facts jsonb not null default '{}',
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      gone_at timestamptz,
      unique (asset_id, key)
    )`,
  sql`create index container_by_digest on container using gin (image_digests) where gone_at is null`,
  sql`
    create table listener (
      id uuid primary key default gen_random_uuid(),
      asset_id uuid not null references asset on delete cascade,
      container_key text,
      protocol text not null,
      address text not null,
      port integer not null,
      process text,
      first_seen_at timestamptz not null,
      gone_at timestamptz,
      unique nulls not distinct (asset_id, container_key, protocol, address, port)
    )`,
];
