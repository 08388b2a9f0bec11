import { type Kysely, sql } from 'kysely';

/** Passkeys, and identity providers by which people sign in. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(query);
}

const statements = [
  sql`
    create table passkey (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references account on delete cascade,
      name text not null check (length(name) between 1 and 200),
      -- of the authenticator, in base64url
      credential_id text not null unique check (length(credential_id) <= 2000),
      public_key bytea not null,
      -- of its signatures: one that goes back is a copy
      counter bigint not null,
      transports text[] not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    )`,
  sql`create index passkey_by_account on passkey (account_id)`,
  sql`
    create table sign_in_challenge (
      id uuid primary key default gen_random_uuid(),
      purpose text not null,
      -- what has to come back, or leads to it; sealed where it is a secret
      data jsonb not null,
      account_id uuid references account on delete cascade,
      expires_at timestamptz not null
    )`,
  sql`create index sign_in_challenge_by_time on sign_in_challenge (expires_at)`,
  sql`
    create table identity_provider (
      id uuid primary key default gen_random_uuid(),
      name text not null unique check (length(name) between 1 and 200),
      issuer text not null,
      client_id text not null,
      -- sealed; null for a public client
      client_secret text,
      scopes text[] not null,
      groups_claim text not null,
      -- which groups are which teams and roles
      rules jsonb not null,
      make_accounts boolean not null,
      link_by_email boolean not null,
      enabled boolean not null,
      created_at timestamptz not null
    )`,
  sql`
    create table external_identity (
      provider_id uuid not null references identity_provider on delete cascade,
      subject text not null check (length(subject) <= 500),
      account_id uuid not null references account on delete cascade,
      created_at timestamptz not null,
      primary key (provider_id, subject)
    )`,
  sql`create index external_identity_by_account on external_identity (account_id)`,
  // what a provider gave, it takes again
  sql`alter table access_grant add column provider_id uuid references identity_provider on delete cascade`,
  sql`alter table team_member add column provider_id uuid references identity_provider on delete cascade`,
];
