import { type Kysely, sql } from 'kysely';

/** Whom to tell of what, and what was told. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table channel (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      name text not null unique check (length(name) between 1 and 200),
      -- whose it is; null for the whole organisation
      team_id uuid references team on delete cascade,
      enabled boolean not null default true,
      settings jsonb not null,
      -- settings that are secret, as one sealed document
      sealed text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(query);
  await sql`
    create table notification_rule (
      id uuid primary key default gen_random_uuid(),
      name text not null unique check (length(name) between 1 and 200),
      -- only what this team owns; null for everything
      team_id uuid references team on delete cascade,
      channel_id uuid not null references channel on delete cascade,
      enabled boolean not null default true,
      filter jsonb not null,
      grouping_by text not null,
      schedule jsonb not null,
      quiet_hours jsonb,
      time_zone text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(query);
  await sql`
    create table delivery (
      id uuid primary key default gen_random_uuid(),
      seq bigint generated always as identity unique,
      channel_id uuid not null references channel on delete cascade,
      rule_id uuid references notification_rule on delete set null,
      team_id uuid references team on delete cascade,
      thread text not null,
      -- gathering: more events may come to it
      state text not null default 'gathering' check (state in ('gathering', 'waiting', 'delivered', 'dead')),
      run_at timestamptz not null,
      attempts integer not null default 0,
      error text,
      created_at timestamptz not null,
      finished_at timestamptz
    )`.execute(query);
  await sql`create unique index delivery_gathering on delivery (rule_id, thread) where state = 'gathering'`.execute(
    query,
  );
  await sql`create index delivery_by_thread on delivery (channel_id, thread, seq) where state = 'waiting'`.execute(
    query,
  );
  await sql`create index delivery_by_state on delivery (state, seq)`.execute(query);
  await sql`
    create table delivery_event (
      delivery_id uuid not null references delivery on delete cascade,
      event_id bigint not null references outbox_event on delete cascade,
      primary key (delivery_id, event_id)
    )`.execute(query);
  await sql`create index delivery_event_by_event on delivery_event (event_id)`.execute(query);
  await sql`
    create table delivery_attempt (
      id bigint generated always as identity primary key,
      delivery_id uuid not null references delivery on delete cascade,
      at timestamptz not null,
      outcome text not null check (outcome in ('delivered', 'failed', 'rejected')),
      error text
    )`.execute(query);
  await sql`create index delivery_attempt_by_delivery on delivery_attempt (delivery_id, id)`.execute(query);
  await sql`
    create table channel_thread (
      channel_id uuid not null references channel on delete cascade,
      thread text not null,
      -- what the receiver calls the first message of it
      reference text not null,
      primary key (channel_id, thread)
    )`.execute(query);
}
