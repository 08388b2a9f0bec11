import { type Kysely, sql } from 'kysely';

/** Who may use this, how they prove who they are, and what they may do where. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...accounts, ...secrets, ...rights]) await statement.execute(query);
}

const accounts = [
  sql`
    create table account (
      id uuid primary key default gen_random_uuid(),
      kind text not null check (kind in ('person', 'machine')),
      name text not null check (length(name) between 1 and 200),
      email text check (length(email) <= 320),
      -- how it was hashed, and the hash; null until the person has set one, and for machines
      password jsonb,
      -- sealed; the second factor is asked for from totp_confirmed_at on
      totp_secret text,
      totp_confirmed_at timestamptz,
      -- the step of time of the last code: each is good once
      totp_step bigint not null default 0,
      disabled_at timestamptz,
      created_at timestamptz not null default now()
    )`,
  sql`create unique index account_name on account (lower(name))`,
  sql`
    create table team_member (
      team_id uuid not null references team on delete cascade,
      account_id uuid not null references account on delete cascade,
      primary key (team_id, account_id)
    )`,
  sql`create index team_member_by_account on team_member (account_id)`,
];

/** All as SHA-256 of something random. */
const secrets = [
  sql`
    create table recovery_code (
      account_id uuid not null references account on delete cascade,
      hash bytea not null,
      primary key (account_id, hash)
    )`,
  sql`
    create table sign_in_link (
      id uuid primary key default gen_random_uuid(),
      hash bytea not null,
      -- null for the first administrator, who has no account yet
      account_id uuid references account on delete cascade,
      expires_at timestamptz not null
    )`,
  sql`
    create table session (
      id uuid primary key default gen_random_uuid(),
      hash bytea not null unique,
      account_id uuid not null references account on delete cascade,
      created_at timestamptz not null,
      last_seen_at timestamptz not null,
      expires_at timestamptz not null,
      address text not null,
      agent text not null
    )`,
  sql`create index session_by_account on session (account_id)`,
  sql`
    create table api_token (
      id uuid primary key default gen_random_uuid(),
      hash bytea not null,
      account_id uuid not null references account on delete cascade,
      name text not null check (length(name) between 1 and 200),
      permissions text[] not null,
      scope jsonb not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`,
  sql`create index api_token_by_account on api_token (account_id)`,
  sql`
    create table sign_in_failure (
      -- what is counted: an account from an address, an account, an address; hashed
      key bytea primary key,
      failures integer not null,
      last_at timestamptz not null
    )`,
  sql`create index sign_in_failure_by_time on sign_in_failure (last_at)`,
];

const rights = [
  sql`
    create table access_grant (
      id uuid primary key default gen_random_uuid(),
      account_id uuid references account on delete cascade,
      team_id uuid references team on delete cascade,
      role text not null,
      scope jsonb not null,
      -- the team that the scope is about: it goes with it
      scope_team_id uuid references team on delete cascade,
      created_at timestamptz not null,
      check (num_nonnulls(account_id, team_id) = 1)
    )`,
  sql`create index access_grant_by_account on access_grant (account_id)`,
  sql`create index access_grant_by_team on access_grant (team_id)`,
  sql`
    create table trust_rule (
      id uuid primary key default gen_random_uuid(),
      name text not null check (length(name) between 1 and 200),
      issuer text not null,
      audience text not null,
      -- claim: pattern, all of which have to match
      claims jsonb not null,
      account_id uuid not null references account on delete cascade,
      created_at timestamptz not null
    )`,
  sql`create index trust_rule_by_issuer on trust_rule (issuer)`,
];
