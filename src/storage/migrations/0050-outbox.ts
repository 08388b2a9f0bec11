import { type Kysely, sql } from 'kysely';

/** What people and other programs may want to be told of, written in the transaction that made it so. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox_event (
      id bigint generated always as identity primary key,
      -- the id that receivers see: by it they know one that came twice
      uid uuid not null default gen_random_uuid() unique,
      kind text not null,
      at timestamptz not null,
      -- finding, exception, ...
      subject_kind text not null,
      subject_id text not null,
      finding_id uuid references finding on delete cascade,
      -- whom it is about when there is no finding whose asset has an owner
      team_id uuid references team on delete set null,
      -- both from the finding when there is one
      title text,
      severity text,
      details jsonb not null default '{}',
      -- when it was given to the rules
      routed_at timestamptz
    )`.execute(query);
  await sql`create index outbox_event_by_time on outbox_event (at)`.execute(query);
  await sql`create index outbox_event_by_finding on outbox_event (finding_id)`.execute(query);
}
