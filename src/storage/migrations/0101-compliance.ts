import { type Kysely, sql } from 'kysely';

/** What was looked at and answered, what people say, and which policies are in force. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(query);
}

const statements = [
  // What a report of ours says beside packages and findings: which checks passed, failed and were not asked, and the verdict of policies.
  sql`
    create table report_assessment (
      report_id uuid primary key references report on delete cascade,
      asset_id uuid not null references asset on delete cascade,
      document text not null
    )`,
  sql`create index report_assessment_by_asset on report_assessment (asset_id)`,
  sql`
    create table attestation (
      id uuid primary key default gen_random_uuid(),
      control text,
      framework text,
      clause text,
      -- only what this team owns; empty: everything
      team_id uuid references team on delete cascade,
      state text not null check (state in ('met', 'not-met', 'not-applicable')),
      statement text not null,
      evidence jsonb not null default '[]',
      author uuid not null,
      author_name text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz,
      check ((control is null) <> (framework is null)),
      check ((framework is null) = (clause is null))
    )`,
  sql`
    create table own_policy (
      name text not null,
      version integer not null,
      source text not null,
      examples jsonb not null,
      author uuid not null,
      author_name text not null,
      created_at timestamptz not null,
      -- the newest version of a policy that is no longer there has no source
      is_removed boolean not null default false,
      primary key (name, version)
    )`,
  sql`
    create table policy_binding (
      id uuid primary key default gen_random_uuid(),
      policy text not null,
      action text not null check (action in ('audit', 'warn', 'deny')),
      team_id uuid references team on delete cascade,
      asset_kind text,
      asset_prefix text not null default '',
      created_by uuid not null,
      created_at timestamptz not null
    )`,
];
