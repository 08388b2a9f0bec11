import { type Kysely, sql } from 'kysely';

/** What lists of findings are filtered, sorted and counted by, at a million of them. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...columns, ...indexes, ...tally]) await statement.execute(query);
}

const columns = [
  sql`
    alter table finding
      -- last part of the package URL, encoded as it is there
      add column package_name text generated always as
        (case when subject like 'pkg:%' then split_part(subject, '/', -1) end) stored,
      -- 0 is worst
      add column severity_rank smallint not null generated always as
        (case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 when 'low' then 3 when 'info' then 4
         else 5 end) stored`,
  // The parser of PostgreSQL would take CVE-2024-1 for a number with a sign, and a package URL for a host: words are letters and digits here.
  sql`
    create function finding_words(title text, rule text, subject text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('simple'::regconfig,
      regexp_replace(lower(left(title, 500) || ' ' || left(rule, 200) || ' ' || left(subject, 500)), '(%[0-9a-f]{2}|[^[:alnum:]])+', ' ', 'g'))`,
];

/** The order of each is that of a sort, so that a page is read from where the one before ended. */
const indexes = [
  sql`drop index finding_by_state`,
  sql`drop index finding_by_due`,
  sql`create index finding_by_rank on finding ((- rank), id)`,
  sql`create index finding_open_by_rank on finding ((- rank), id) where state in ('open', 'in-progress')`,
  sql`create index finding_by_severity on finding (severity_rank, (- rank), id)`,
  sql`create index finding_open_by_severity on finding (severity_rank, (- rank), id) where state in ('open', 'in-progress')`,
  sql`create index finding_by_first_seen on finding (first_seen_at, id)`,
  sql`create index finding_open_by_due on finding ((coalesce(due_at, 'infinity')), id) where state in ('open', 'in-progress')`,
  sql`create index finding_by_package on finding (package_name text_pattern_ops)`,
  sql`drop index finding_by_rule`,
  sql`create index finding_by_rule on finding (rule text_pattern_ops)`,
  sql`create index finding_by_assignee on finding (assignee) where assignee is not null`,
  sql`create index finding_by_fixed on finding (fixed_at) where fixed_at is not null`,
  sql`create index finding_by_words on finding using gin (finding_words(title, rule, subject))`,
  sql`create index finding_by_exception on finding ((decision ->> 'statedIn')) where decision ->> 'source' = 'exception'`,
  sql`create index occurrence_by_package on occurrence (package_id)`,
];

/**
 * How many findings of each sort an asset has. Kept with every statement that changes findings, so that the counts of a million are
 * sums over some thousand rows. Rows are locked in one order: statements about several assets do not wait for each other in a circle.
 */
const tally = [
  sql`
    create table finding_tally (
      asset_id uuid not null references asset on delete cascade,
      kind text not null,
      severity text not null,
      state text not null,
      findings bigint not null,
      primary key (asset_id, kind, severity, state)
    )`,
  sql`
    create function finding_tally_insert() returns trigger language plpgsql as $$
    begin
      insert into finding_tally
        select asset_id, kind, severity, state, count(*) from added group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (asset_id, kind, severity, state) do update set findings = finding_tally.findings + excluded.findings;
      return null;
    end $$`,
  sql`
    create function finding_tally_update() returns trigger language plpgsql as $$
    begin
      insert into finding_tally
        select asset_id, kind, severity, state, sum(n) from (
          select asset_id, kind, severity, state, 1 as n from added
          union all select asset_id, kind, severity, state, -1 from removed) as changed
        group by 1, 2, 3, 4 having sum(n) <> 0 order by 1, 2, 3, 4
      on conflict (asset_id, kind, severity, state) do update set findings = finding_tally.findings + excluded.findings;
      return null;
    end $$`,
  sql`
    create function finding_tally_delete() returns trigger language plpgsql as $$
    begin
      insert into finding_tally
        select asset_id, kind, severity, state, - count(*) from removed
        -- what an asset had goes with it
        where exists (select from asset where asset.id = removed.asset_id)
        group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (asset_id, kind, severity, state) do update set findings = finding_tally.findings + excluded.findings;
      return null;
    end $$`,
  sql`
    create trigger finding_tally_insert after insert on finding referencing new table as added
    for each statement execute function finding_tally_insert()`,
  sql`
    create trigger finding_tally_update after update on finding referencing old table as removed new table as added
    for each statement execute function finding_tally_update()`,
  sql`
    create trigger finding_tally_delete after delete on finding referencing old table as removed
    for each statement execute function finding_tally_delete()`,
  sql`
    insert into finding_tally
    select asset_id, kind, severity, state, count(*) from finding group by 1, 2, 3, 4`,
];
