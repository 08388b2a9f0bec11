import { type Kysely, sql } from 'kysely';

/** What is wrong with an asset, where it is found, and all that happened to it. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table finding (
      id uuid primary key default gen_random_uuid(),
      asset_id uuid not null references asset on delete cascade,
      kind text not null,
      -- canonical id of the advisory, check or rule
      rule text not null,
      -- the package without its version, or the class of places: with the rule, what makes it the same finding in the next scan
      subject text not null,
      title text not null,
      severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
      state text not null default 'open'
        check (state in ('open', 'in-progress', 'fixed', 'accepted', 'false-positive', 'not-affected')),
      -- 0 first
      rank double precision not null default 0,
      due_at timestamptz,
      assignee uuid,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      -- when no occurrence was left, which is proven by a scan and never by a report that omits it
      fixed_at timestamptz,
      reopened integer not null default 0,
      -- what the newest scan said of it, as in the report
      details jsonb not null,
      unique (asset_id, kind, rule, subject)
    )`.execute(query);
  await sql`create index finding_by_state on finding (state, severity, rank desc, id)`.execute(query);
  await sql`create index finding_by_rule on finding (rule)`.execute(query);
  await sql`create index finding_by_due on finding (due_at) where state in ('open', 'in-progress')`.execute(query);
  await sql`
    create table occurrence (
      id bigint generated always as identity primary key,
      finding_id uuid not null references finding on delete cascade,
      artifact_id bigint not null references artifact on delete cascade,
      package_id bigint references package,
      location text not null default '',
      details jsonb not null default '{}',
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      gone_at timestamptz,
      unique (finding_id, artifact_id, location)
    )`.execute(query);
  await sql`create index occurrence_by_artifact on occurrence (artifact_id)`.execute(query);
  await sql`
    create table finding_event (
      id bigint generated always as identity primary key,
      finding_id uuid not null references finding on delete cascade,
      at timestamptz not null default now(),
      -- an account, or empty for Plimsoll itself
      actor uuid,
      kind text not null,
      details jsonb not null default '{}'
    )`.execute(query);
  await sql`create index finding_event_by_finding on finding_event (finding_id, id)`.execute(query);
}
