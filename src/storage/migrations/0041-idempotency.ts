import { type Kysely, sql } from 'kysely';

/** Answers that are given again to whoever asks the same again with the same key. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_key (
      account uuid not null,
      key text not null check (length(key) between 1 and 200),
      -- SHA-256 of what was asked
      request bytea not null,
      created_at timestamptz not null,
      -- null while it is being done
      status smallint,
      -- absent for answers with a secret
      answer jsonb,
      primary key (account, key)
    )`.execute(query);
  await sql`create index idempotency_key_by_time on idempotency_key (created_at)`.execute(query);
}
