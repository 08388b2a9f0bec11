import { type Kysely, sql } from 'kysely';

/** What was uploaded, what it says about artifacts over time, and what was decided about findings. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    alter table asset
      -- of the newest artifact, for rules of ownership
      add column labels jsonb not null default '{}',
      add column exposure text not null default 'unknown' check (exposure in ('internet', 'internal', 'unknown')),
      -- why the team owns it: explicit, or the rule that says so; null with team_id
      add column owned_by text`.execute(query);
  await sql`
    alter table artifact
      -- what follows one another: the platform of images; the newest of each is current
      add column stream text not null default '',
      -- of the report that the list of packages is from
      add column inventory_at timestamptz,
      add column inventory_complete boolean not null default false,
      add column inventory_by text`.execute(query);
  await sql`alter table tag add column stream text not null default ''`.execute(query);
  await sql`alter table tag drop constraint tag_pkey`.execute(query);
  // A row for each sighting, so that reports may come in any order.
  await sql`alter table tag add primary key (asset_id, name, stream, since, artifact_id)`.execute(query);
  await sql`create index tag_by_artifact on tag (artifact_id) where until is null`.execute(query);
  await sql`alter table package drop constraint package_purl_key`.execute(query);
  // SHA-256 of all members: what one upload claims of a package URL is not what others get to see, and texts may be longer than index rows.
  await sql`alter table package add column identity bytea not null unique`.execute(query);
  await sql`
    create table report (
      id uuid primary key default gen_random_uuid(),
      asset_id uuid not null references asset on delete cascade,
      artifact_id bigint not null references artifact on delete cascade,
      tool text not null,
      tool_version text not null default '',
      -- kinds of findings that were looked for
      scanners text[] not null,
      -- only then does it prove that something is gone
      complete boolean not null,
      -- when the scan was made, as it says
      created_at timestamptz not null,
      received_at timestamptz not null,
      -- SHA-256 of what was uploaded
      content bytea not null,
      account uuid,
      idempotency_key text,
      packages integer not null,
      findings integer not null,
      unique (asset_id, content)
    )`.execute(query);
  await sql`create index report_by_artifact on report (artifact_id, tool, created_at)`.execute(query);
  await sql`create unique index report_by_key on report (account, idempotency_key) where idempotency_key is not null`.execute(
    query,
  );
  await sql`
    alter table finding
      -- why it is accepted, a false positive or not affected; kept while it is fixed
      add column decision jsonb,
      add column decision_until timestamptz,
      add column due_by_hand boolean not null default false,
      -- when the time to fix it began: at first sight, or when it was opened again
      add column due_from timestamptz,
      add column exploited boolean not null default false,
      -- the report that title, severity and details are from
      add column told_by text not null default ''`.execute(query);
  await sql`create index finding_by_decision_until on finding (decision_until) where decision_until is not null`.execute(
    query,
  );
  await sql`alter table occurrence add column tool text not null default 'plimsoll'`.execute(query);
  await sql`alter table occurrence drop constraint occurrence_finding_id_artifact_id_location_key`.execute(query);
  await sql`
    alter table occurrence add constraint occurrence_place
      unique nulls not distinct (finding_id, artifact_id, tool, location, package_id)`.execute(query);
  await sql`
    create table finding_alias (
      asset_id uuid not null references asset on delete cascade,
      alias text not null,
      rule text not null,
      primary key (asset_id, alias, rule)
    )`.execute(query);
  await sql`
    create table sla_policy (
      version integer primary key,
      policy jsonb not null,
      created_at timestamptz not null,
      account uuid
    )`.execute(query);
  await sql`
    create table ownership_rules (
      version integer primary key,
      rules jsonb not null,
      created_at timestamptz not null,
      account uuid
    )`.execute(query);
}
