import { type Kysely, sql } from 'kysely';

/** What was decided not to mend now, by whom, for what and until when; and under which rules. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table exception (
      id uuid primary key default gen_random_uuid(),
      state text not null check (state in ('draft', 'requested', 'approved', 'expired', 'revoked', 'rejected')),
      scope jsonb not null,
      -- of scope: they go with it
      finding_id uuid references finding on delete cascade,
      team_id uuid references team on delete cascade,
      reason text not null,
      explanation text not null check (length(explanation) between 1 and 4000),
      -- the worst severity that it is for: what turns out to be worse stays open
      worst text not null check (worst in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
      requester uuid not null references account,
      requester_name text not null,
      created_at timestamptz not null,
      approved_at timestamptz,
      expires_at timestamptz not null,
      -- days before its end of the last reminder
      reminded_days integer,
      -- the one that it renews
      renews uuid references exception on delete set null
    )`.execute(query);
  await sql`create index exception_by_state on exception (state, expires_at)`.execute(query);
  await sql`create index exception_by_time on exception (created_at, id)`.execute(query);
  await sql`
    create table exception_approval (
      exception_id uuid not null references exception on delete cascade,
      account_id uuid not null references account,
      name text not null,
      at timestamptz not null,
      primary key (exception_id, account_id)
    )`.execute(query);
  await sql`
    create table exception_event (
      id bigint generated always as identity primary key,
      exception_id uuid not null references exception on delete cascade,
      at timestamptz not null,
      -- empty for Plimsoll itself
      actor uuid,
      actor_name text not null,
      kind text not null,
      details jsonb not null default '{}'
    )`.execute(query);
  await sql`create index exception_event_by_exception on exception_event (exception_id, id)`.execute(query);
  await sql`
    create table exception_policy (
      version integer primary key,
      policy jsonb not null,
      created_at timestamptz not null,
      account uuid
    )`.execute(query);
  await sql`
    create table saved_view (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references account on delete cascade,
      -- null: private
      team_id uuid references team on delete cascade,
      name text not null check (length(name) between 1 and 200),
      filter text not null check (length(filter) <= 4000),
      columns text[] not null,
      sort text not null,
      created_at timestamptz not null,
      changed_at timestamptz not null
    )`.execute(query);
  await sql`create index saved_view_by_account on saved_view (account_id)`.execute(query);
  await sql`create index saved_view_by_team on saved_view (team_id) where team_id is not null`.execute(query);
}
