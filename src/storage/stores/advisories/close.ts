import { sql } from 'kysely';
import type { Severity } from '#model/index.ts';
import type { Query } from '../../index.ts';
import { type BookedRow, FindingBook } from '../finding-book.ts';
import { standingColumns } from '../finding-changes.ts';
import { MATCHER } from '../findings-ingest.ts';
import { currentSla } from '../sla.ts';
import type { MatchedVulnerability } from './open.ts';

/** Findings that are changed at once. */
const AT_ONCE = 2000;

const rowColumns = sql.join(standingColumns.map((column) => sql.ref(`finding.${column}`)));

/** Findings of what was matched, in artifacts where the package is judged so. */
function concerned(matched: readonly MatchedVulnerability[]) {
  const names = matched.flatMap((one, n) => one.finding.ids.map((id) => ({ n: n + 1, id, ...one })));
  return sql`
    told as materialized (
      select * from unnest(
        ${names.map(({ n }) => n)}::int[], ${names.map(({ id }) => id)}::text[],
        ${names.map(({ context }) => context)}::text[], ${names.map(({ packageId }) => packageId)}::bigint[]
      ) as one (n, rule, context, package_id)
    ), held as materialized (
      select told.n, occurrence.id, occurrence.finding_id
      from told join occurrence on occurrence.package_id = told.package_id and occurrence.gone_at is null
        and occurrence.tool in ('plimsoll', ${MATCHER})
      join finding on finding.id = occurrence.finding_id and finding.kind = 'vulnerability' and finding.rule = told.rule
      join artifact on artifact.id = occurrence.artifact_id and artifact.match_context = told.context
    )`;
}

interface ConcernedRow extends BookedRow {
  readonly n: number;
  readonly exposure: 'internet' | 'internal' | 'unknown';
}

/**
 * Closes what advisories no longer say: its places are gone, and a finding without any is not affected by the publisher's word. What
 * people decided about it stays. Returns how many were closed.
 */
export async function closeMatched(
  database: Query,
  matched: readonly MatchedVulnerability[],
  at: Date,
): Promise<number> {
  if (matched.length === 0) return 0;
  return database.transaction().execute(async (query) => {
    const { rows: gone } = await sql<{ readonly finding: string; readonly n: number }>`
      with ${concerned(matched)}, ended as (
        update occurrence set gone_at = ${at} from held where occurrence.id = held.id
      )
      select finding_id as finding, min(n) as n from held group by finding_id order by finding_id`.execute(query);
    let closed = 0;
    for (let start = 0; start < gone.length; start += AT_ONCE)
      closed += await closeWithoutPlaces(query, gone.slice(start, start + AT_ONCE), matched, at);
    return closed;
  });
}

async function closeWithoutPlaces(
  query: Query,
  gone: readonly { readonly finding: string; readonly n: number }[],
  matched: readonly MatchedVulnerability[],
  at: Date,
): Promise<number> {
  const { rows } = await sql<ConcernedRow>`
    select ${rowColumns}, finding.severity, finding.exploited, gone.n
    from unnest(${gone.map(({ finding }) => finding)}::uuid[], ${gone.map(({ n }) => n)}::int[]) as gone (id, n)
    join finding on finding.id = gone.id
    where finding.state in ('open', 'in-progress') and not exists (
      select from occurrence join artifact on artifact.id = occurrence.artifact_id and artifact.is_current
      where occurrence.finding_id = finding.id and occurrence.gone_at is null)
    order by finding.id for update of finding`.execute(query);
  const book = new FindingBook(at);
  for (const row of rows) {
    const one = matched[row.n - 1];
    const reason = 'Its publisher no longer says that this version is affected, or took the advisory back.';
    const statedIn = one?.advisory ?? '';
    book.apply(row, { kind: 'decide', decision: { state: 'not-affected', source: 'publisher', reason, statedIn } });
  }
  await book.write(query);
  return rows.length;
}

/** Of what is said otherwise than before, whatever state it is in. Returns how many findings have changed. */
export async function changeMatched(
  database: Query,
  matched: readonly MatchedVulnerability[],
  at: Date,
): Promise<number> {
  if (matched.length === 0) return 0;
  return database.transaction().execute(async (query) => {
    const said = matched.map(({ finding }) => finding);
    const { rows } = await sql<ConcernedRow & { readonly before: Severity }>`
      with ${concerned(matched)}, one as materialized (
        select finding_id, min(n) as n from held group by finding_id
      ), said as materialized (
        select * from unnest(
          ${said.map(({ title }) => title)}::text[], ${said.map(({ severity }) => severity)}::text[],
          ${said.map(({ rank }) => rank)}::float8[], ${said.map(({ isExploited }) => isExploited)}::boolean[],
          ${said.map(({ details }) => JSON.stringify(details))}::text[]
        ) with ordinality as said (title, severity, rank, exploited, details, n)
      ), locked as materialized (
        select finding.id, finding.severity, one.n from one join finding on finding.id = one.finding_id
        where finding.state <> 'fixed' order by finding.id for update of finding
      )
      update finding set title = said.title, severity = said.severity, rank = said.rank, exploited = said.exploited,
        details = said.details::jsonb
      from locked join said using (n), asset
      where finding.id = locked.id and asset.id = finding.asset_id
      returning ${rowColumns}, finding.severity, finding.exploited, locked.severity as before, locked.n, asset.exposure`.execute(
      query,
    );
    const { policy } = await currentSla(query);
    const book = new FindingBook(at);
    for (const row of rows) {
      const { advisory = '', source = '', finding } = matched[row.n - 1] ?? {};
      const { severity, before, exploited } = row;
      const fixedVersion = finding?.details['fixedVersion'] ?? null;
      book.note(row, 'advisory-changed', { advisory, source, severity, before, exploited, fixedVersion });
      book.setDue(row, policy, row.exposure, `advisory ${advisory} has changed`);
    }
    await book.write(query);
    return rows.length;
  });
}
