import { type Kysely, sql } from 'kysely';

/** Registries that are watched, and the images that their tags name. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table registry (
      id uuid primary key default gen_random_uuid(),
      name text not null unique check (length(name) between 1 and 200),
      -- https://registry.example
      url text not null,
      enabled boolean not null default true,
      settings jsonb not null,
      -- user, password and the secret of notifications as one sealed document
      sealed text not null,
      created_at timestamptz not null,
      -- when it was last looked through whole, and what went wrong then
      polled_at timestamptz,
      error text,
      next_poll_at timestamptz not null
    )`.execute(query);
  await sql`
    create table registry_image (
      registry_id uuid not null references registry on delete cascade,
      repository text not null,
      -- what a tag names: of an index where there is one
      digest text not null,
      tags text[] not null,
      found_at timestamptz not null,
      -- no tag names it any more
      gone_at timestamptz,
      scan_state text not null default 'waiting' check (scan_state in ('waiting', 'done', 'failed')),
      scanned_at timestamptz,
      error text,
      primary key (registry_id, repository, digest)
    )`.execute(query);
  await sql`create index registry_image_by_state on registry_image (registry_id, scan_state, scanned_at) where gone_at is null`.execute(
    query,
  );
}
