import { type Kysely, sql } from 'kysely';

/** What there is: things that are scanned again and again, the artifacts they consisted of over time, and the packages in those. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table team (
      id uuid primary key default gen_random_uuid(),
      name text not null unique check (length(name) between 1 and 200),
      created_at timestamptz not null default now()
    )`.execute(query);
  await sql`
    create table asset (
      id uuid primary key default gen_random_uuid(),
      kind text not null check (kind in ('repository', 'host', 'project', 'workload')),
      -- registry.example/team/app, a host's name, a project's name, cluster/namespace/kind/name
      name text not null check (length(name) between 1 and 1024),
      team_id uuid references team,
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      unique (kind, name)
    )`.execute(query);
  await sql`
    create table artifact (
      id bigint generated always as identity primary key,
      asset_id uuid not null references asset on delete cascade,
      -- of the manifest for images; of the inventory for what has no digest of its own
      digest text not null,
      platform text,
      distribution jsonb,
      facts jsonb not null default '{}',
      first_seen_at timestamptz not null default now(),
      last_seen_at timestamptz not null default now(),
      unique (asset_id, digest)
    )`.execute(query);
  await sql`create index artifact_by_digest on artifact (digest)`.execute(query);
  await sql`
    create table tag (
      asset_id uuid not null references asset on delete cascade,
      name text not null,
      artifact_id bigint not null references artifact on delete cascade,
      since timestamptz not null default now(),
      until timestamptz,
      primary key (asset_id, name, since)
    )`.execute(query);
  await sql`
    create table package (
      id bigint generated always as identity primary key,
      type text not null,
      name text not null,
      version text not null,
      purl text not null unique,
      -- the source package that advisories of distributions speak of
      source text,
      source_version text
    )`.execute(query);
  await sql`create index package_by_name on package (name, type)`.execute(query);
  await sql`
    create table artifact_package (
      artifact_id bigint not null references artifact on delete cascade,
      package_id bigint not null references package,
      layer text,
      primary key (artifact_id, package_id)
    )`.execute(query);
  await sql`create index artifact_package_by_package on artifact_package (package_id)`.execute(query);
}
