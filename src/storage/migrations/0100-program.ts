import { type Kysely, sql } from 'kysely';

const AGES = 11;
const aged = (name: string) => Array.from({ length: AGES }, (_, index) => `${name}${index}`);
const facts = [
  'opened',
  'reopened',
  'fixed_in_time',
  'fixed_late',
  'fixed_undated',
  'overdue',
  'open_undated',
  'accepted',
  'became_accepted',
  'became_noise',
  'found_undated',
  ...['open', 'fixed', 'silent', 'heard', 'found'].flatMap(aged),
];
const coverage = [
  'assets',
  'scanned',
  'artifacts',
  'inventoried',
  'signed',
  'unsigned',
  'hosts',
  'watched',
  'unwatched',
];
const counts = (names: readonly string[]) =>
  sql.raw(names.map((name) => `${name} integer not null default 0`).join(', '));

/** What is counted each day, and what an organisation wants of itself. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...days, ...objectives, ...campaigns]) await statement.execute(query);
}

const days = [
  sql`
    create table program_day (
      asset_id uuid not null references asset on delete cascade,
      day date not null,
      kind text not null,
      severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info', 'unknown')),
      ${counts(facts)},
      primary key (asset_id, day, kind, severity)
    )`,
  sql`create index program_day_by_day on program_day (day)`,
  sql`
    create table program_asset_day (
      asset_id uuid not null references asset on delete cascade,
      day date not null,
      ${counts(coverage)},
      primary key (asset_id, day)
    )`,
  sql`create index program_asset_day_by_day on program_asset_day (day)`,
  // Until when an asset was counted.
  sql`
    create table program_measured (
      asset_id uuid primary key references asset on delete cascade,
      measured_at timestamptz not null
    )`,
  sql`create index finding_event_by_time on finding_event (at)`,
];

const objectives = [
  sql`
    create table objective (
      id uuid primary key default gen_random_uuid(),
      title text not null,
      metric text not null,
      team_id uuid references team on delete cascade,
      severity text,
      kind text,
      baseline double precision not null,
      target double precision not null,
      starts_on date not null,
      ends_on date not null,
      owner uuid not null references account,
      created_at timestamptz not null,
      closed_at timestamptz
    )`,
  sql`
    create table objective_check_in (
      objective_id uuid not null references objective on delete cascade,
      day date not null,
      -- empty when it was not known
      value double precision,
      expected double precision not null,
      state text not null,
      primary key (objective_id, day)
    )`,
];

const campaigns = [
  sql`
    create table campaign (
      id uuid primary key default gen_random_uuid(),
      name text not null unique,
      about text not null default '',
      filter text not null,
      created_by uuid not null references account,
      created_at timestamptz not null,
      ends_at timestamptz not null,
      closed_at timestamptz
    )`,
  sql`
    create table campaign_team (
      campaign_id uuid not null references campaign on delete cascade,
      team_id uuid not null references team on delete cascade,
      primary key (campaign_id, team_id)
    )`,
  sql`
    create table campaign_finding (
      campaign_id uuid not null references campaign on delete cascade,
      finding_id uuid not null references finding on delete cascade,
      added_at timestamptz not null,
      -- when it was no longer open; empty while it is
      ended_at timestamptz,
      primary key (campaign_id, finding_id)
    )`,
];
