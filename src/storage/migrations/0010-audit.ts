import { type Kysely, sql } from 'kysely';

/** Who changed what, in a chain in which every entry has the hash of the one before: what is taken out or altered shows. */
export async function up(query: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_entry (
      seq bigint primary key,
      at timestamptz not null,
      actor_id uuid,
      actor_name text not null,
      action text not null,
      subject text not null,
      details jsonb not null,
      previous bytea not null,
      hash bytea not null
    )`.execute(query);
  await sql`create index audit_entry_by_time on audit_entry (at)`.execute(query);
  await sql`
    create function audit_entry_stays() returns trigger language plpgsql as $$
    begin
      raise exception 'entries of the audit log are neither changed nor removed';
    end $$`.execute(query);
  await sql`
    create trigger audit_entry_stays before update or delete or truncate on audit_entry
    for each statement execute function audit_entry_stays()`.execute(query);
}
