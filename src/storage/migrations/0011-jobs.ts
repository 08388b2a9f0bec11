import { type Kysely, sql } from 'kysely';

/** Work to be done later by any process, once. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table job (
      id bigint generated always as identity primary key,
      kind text not null,
      payload jsonb not null,
      -- of two that wait with the same key there is one
      key text,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'dead')),
      run_at timestamptz not null,
      attempts integer not null default 0,
      -- a runner that is gone by then has died: another takes it
      locked_until timestamptz,
      error text
    )`.execute(query);
  await sql`create unique index job_key on job (kind, key) where state = 'waiting'`.execute(query);
  await sql`create index job_next on job (run_at) where state <> 'dead'`.execute(query);
}
