import { type Kysely, sql } from 'kysely';

/** Work on findings that people plan elsewhere. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table tracker (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      name text not null unique check (length(name) between 1 and 200),
      -- whose findings it is for; null for everybody's
      team_id uuid references team on delete cascade,
      enabled boolean not null default true,
      settings jsonb not null,
      sealed text not null,
      -- up to when changes there are known here
      polled_at timestamptz not null,
      -- why that did not work the last time
      error text,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(query);
  await sql`
    create table ticket (
      id uuid primary key default gen_random_uuid(),
      tracker_id uuid not null references tracker on delete cascade,
      finding_id uuid not null references finding on delete cascade,
      -- null until it is made there
      remote_key text,
      url text,
      remote_status text not null default '',
      remote_state text not null default 'open' check (remote_state in ('open', 'in-progress', 'closed')),
      error text,
      created_at timestamptz not null,
      synced_at timestamptz,
      unique (tracker_id, finding_id),
      unique (tracker_id, remote_key)
    )`.execute(query);
  await sql`create index ticket_by_finding on ticket (finding_id)`.execute(query);
  await sql`
    create table ticket_conflict (
      id bigint generated always as identity primary key,
      ticket_id uuid not null references ticket on delete cascade,
      at timestamptz not null,
      description text not null
    )`.execute(query);
  await sql`create index ticket_conflict_by_ticket on ticket_conflict (ticket_id, id)`.execute(query);
}
