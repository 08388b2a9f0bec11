import { type Kysely, sql } from 'kysely';

/** What lists of findings are filtered, sorted and counted by, at a million of them. */
export async function up(query: Kysely<unknown>): Promise<void> {
  for (const statement of [...columns, ...indexes, ...tally]) await statement.execute(query);
}

const columns = [
  // The parser of PostgreSQL would take CVE-2024-1 for a number with a sign, and a package URL for a host: words are letters and digits here.
  sql`
    create function finding_words(title text, rule text, subject text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('simple'::regconfig,
      regexp_replace(lower(left(title, 500) || ' ' || left(rule, 200) || ' ' || left(subject, 500)), '(%[0-9a-f]{2}|[^[:alnum:]])+', ' ', 'g'))`,
  sql`
    alter table finding
      -- last part of the package URL, encoded as it is there
      add column package_name text generated always as
        (case when subject like 'pkg:%' then split_part(subject, '/', -1) end) stored,
      -- 0 is worst
      add column severity_rank smallint not null generated always as
        (case severity when 'critical' then 0 when 'high' then 1 when 'medium' then 2 when 'low' then 3 when 'info' then 4
         else 5 end) stored,
      -- kept, since what is filtered by more than words compares them row by row
      add column words tsvector generated always as (finding_words(title, rule, subject)) stored`,
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
  sql`create index finding_by_state on finding (state, severity_rank, (- rank), id)`,
  sql`create index finding_by_asset on finding (asset_id, state, (- rank), id)`,
  sql`create index finding_exploited on finding ((- rank), id) where exploited`,
  sql`create index finding_exploited_by_state on finding (state, severity_rank, (- rank), id) where exploited`,
  sql`create index finding_by_due on finding ((coalesce(due_at, 'infinity')), id)`,
  sql`create index finding_open_by_due on finding ((coalesce(due_at, 'infinity')), id) where state in ('open', 'in-progress')`,
  sql`create index finding_by_package on finding (package_name text_pattern_ops)`,
  sql`drop index finding_by_rule`,
  sql`create index finding_by_rule on finding (rule text_pattern_ops)`,
  sql`create index finding_by_assignee on finding (assignee) where assignee is not null`,
  sql`create index finding_by_fixed on finding (fixed_at) where fixed_at is not null`,
  sql`create index finding_by_words on finding using gin (words)`,
  sql`create index finding_by_exception on finding ((decision ->> 'statedIn')) where decision ->> 'source' = 'exception'`,
  sql`create index occurrence_by_package on occurrence (package_id)`,
];

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info', 'unknown'];
const STATES = ['open', 'in-progress', 'fixed', 'accepted', 'false-positive', 'not-affected'];

/** `n20`: of the severity 2 and the state 0. */
const counts = SEVERITIES.flatMap((severity, s) =>
  STATES.map((state, t) => ({
    name: `n${s}${t}`,
    sum: `coalesce(sum(n) filter (where severity = '${severity}' and state = '${state}'), 0)`,
  })),
);

/** Adds rows of (asset_id, kind, severity, state, n). Tallies are locked in one order: statements do not wait for each other in a circle. */
function adding(rows: string): string {
  return `
    insert into finding_tally (asset_id, kind, ${counts.map(({ name }) => name).join(', ')})
    select asset_id, kind, ${counts.map(({ sum }) => sum).join(', ')}
    from (${rows}) as changed group by asset_id, kind order by asset_id, kind
    on conflict (asset_id, kind) do update
    set ${counts.map(({ name }) => `${name} = finding_tally.${name} + excluded.${name}`).join(', ')}`;
}

function counting(name: string, rows: string) {
  return sql.raw(`
    create function ${name}() returns trigger language plpgsql as $$
    begin
      ${adding(rows)};
      return null;
    end $$`);
}

/**
 * How many findings of each severity and state an asset has, kept with every statement that changes findings: the counts of a million are
 * sums over some thousand rows.
 */
const tally = [
  sql.raw(`
    create table finding_tally (
      asset_id uuid not null references asset on delete cascade,
      kind text not null,
      ${counts.map(({ name }) => `${name} integer not null`).join(', ')},
      primary key (asset_id, kind)
    ) with (fillfactor = 70)`),
  counting(
    'finding_tally_insert',
    'select asset_id, kind, severity, state, count(*) as n from added group by 1, 2, 3, 4',
  ),
  counting(
    'finding_tally_update',
    `select asset_id, kind, severity, state, sum(n) as n from (
      select asset_id, kind, severity, state, 1 as n from added
      union all select asset_id, kind, severity, state, -1 from removed) as changes
    group by 1, 2, 3, 4 having sum(n) <> 0`,
  ),
  // What an asset had goes with it.
  counting(
    'finding_tally_delete',
    `select asset_id, kind, severity, state, - count(*) as n from removed
    where exists (select from asset where asset.id = removed.asset_id) group by 1, 2, 3, 4`,
  ),
  sql`
    create trigger finding_tally_insert after insert on finding referencing new table as added
    for each statement execute function finding_tally_insert()`,
  sql`
    create trigger finding_tally_update after update on finding referencing old table as removed new table as added
    for each statement execute function finding_tally_update()`,
  sql`
    create trigger finding_tally_delete after delete on finding referencing old table as removed
    for each statement execute function finding_tally_delete()`,
  sql.raw(adding('select asset_id, kind, severity, state, count(*) as n from finding group by 1, 2, 3, 4')),
];
