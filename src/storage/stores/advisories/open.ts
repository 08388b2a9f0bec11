import { sql } from 'kysely';
import { aliasesOf, canonicalRule, type SubmittedFinding } from '#findings/index.ts';
import type { Query } from '../../index.ts';
import { type BookedRow, FindingBook } from '../finding-book.ts';
import { addLinksOf } from '../findings-aliases.ts';
import { MATCHER } from '../findings-ingest.ts';
import { currentSla } from '../sla.ts';

/** A vulnerability that a package has wherever it is judged alike. */
export interface MatchedVulnerability {
  readonly context: string;
  readonly packageId: number;
  readonly finding: SubmittedFinding;
  /** Of the advisory, and who says it: `CVE-2026-1`, `debian-tracker`. */
  readonly advisory: string;
  readonly source: string;
}

export interface OpeningScope {
  /** Undefined: wherever the packages are. */
  readonly artifact?: number;
  readonly at: Date;
  /** For the history: what made it known. */
  readonly because: 'advisory' | 'inventory';
}

export interface Opened {
  /** Findings that were not there, or open again. */
  readonly findings: number;
  readonly artifacts: number;
}

/** Assets that are locked at once. */
const AT_ONCE = 500;

/** Opens findings in every current artifact that has the packages, some assets a transaction, found by index. */
export async function openMatched(
  database: Query,
  matched: readonly MatchedVulnerability[],
  scope: OpeningScope,
): Promise<Opened> {
  const assets = await assetsWith(database, matched, scope.artifact);
  const opened = { findings: 0, artifacts: 0 };
  for (let start = 0; start < assets.length; start += AT_ONCE) {
    const some = assets.slice(start, start + AT_ONCE);
    const done = await database.transaction().execute((query) => openIn(query, some, matched, scope));
    opened.findings += done.findings;
    opened.artifacts += done.artifacts;
  }
  return opened;
}

function told(matched: readonly MatchedVulnerability[]) {
  return sql`unnest(
    ${matched.map(({ context }) => context)}::text[], ${matched.map(({ packageId }) => packageId)}::bigint[])
    with ordinality as told (context, package_id, n)`;
}

const holders = sql`
  join package_set_member member on member.package_id = told.package_id
  join artifact_package_set held on held.set_id = member.set_id
  join artifact on artifact.id = held.artifact_id and artifact.match_context = told.context and artifact.is_current`;

async function assetsWith(
  query: Query,
  matched: readonly MatchedVulnerability[],
  artifact: number | undefined,
): Promise<string[]> {
  if (matched.length === 0) return [];
  const { rows } = await sql<{ readonly id: string }>`
    with told as materialized (
      select distinct context, package_id from ${told(matched)}
    )
    select distinct artifact.asset_id as id from told ${holders}
    where ${artifact ?? null}::bigint is null or artifact.id = ${artifact ?? null}::bigint
    order by 1`.execute(query);
  return rows.map(({ id }) => id);
}

async function openIn(
  query: Query,
  assets: readonly string[],
  matched: readonly MatchedVulnerability[],
  scope: OpeningScope,
): Promise<Opened> {
  const { rows: locked } = await sql<{ readonly id: string; readonly exposure: 'internet' | 'internal' | 'unknown' }>`
    select id, exposure from asset where id = any (${[...assets]}::uuid[]) order by id for update`.execute(query);
  await addLinksOf(query, assets, linksOf(matched));
  const rows = await addFindings(query, assets, matched, scope);
  const { policy } = await currentSla(query);
  const exposures = new Map(locked.map(({ id, exposure }) => [id, exposure]));
  const book = new FindingBook(scope.at);
  for (const row of rows) {
    const one = matched[row.n - 1];
    if (one) noteOpened(book, row, one, scope.because);
    book.setDue(row, policy, exposures.get(row.asset_id) ?? 'unknown', 'an advisory says so', row.isNew);
  }
  await book.write(query);
  const changed = rows.filter((row) => row.isNew || book.standing(row).state !== row.state);
  return { findings: changed.length, artifacts: changed.reduce((sum, { artifacts }) => sum + artifacts, 0) };
}

/** What was fixed, or not affected by the publisher's word, is open again; what people or reports decided stays. */
function noteOpened(
  book: FindingBook,
  row: MatchedRow,
  { advisory, source }: MatchedVulnerability,
  because: OpeningScope['because'],
): void {
  const cause = { kind: 'advisory-changed' as const, advisory };
  const { digest, severity, artifacts } = row;
  if (row.isNew) book.note(row, 'opened', { digest, tool: MATCHER, severity, because, advisory, source, artifacts });
  else if (row.state === 'fixed') book.apply(row, { kind: 'return', digest, cause });
  else if (row.decision?.source === 'publisher') book.apply(row, { kind: 'reopen', cause });
}

function linksOf(matched: readonly MatchedVulnerability[]) {
  const ids = new Map(matched.map(({ finding }) => [finding.ids.join(' '), finding.ids]));
  return [...ids.values()].flatMap((one) => aliasesOf(one).map((alias) => ({ alias, rule: canonicalRule(one) })));
}

interface MatchedRow extends BookedRow {
  readonly asset_id: string;
  readonly isNew: boolean;
  /** Which of what was matched, from 1. */
  readonly n: number;
  /** Of one of the artifacts that have it. */
  readonly digest: string;
  readonly artifacts: number;
}

/**
 * Adds findings and their places. What is there already keeps its words, unless it was closed: then what is said now counts. A place
 * that a scan has told of is not told again.
 */
async function addFindings(
  query: Query,
  assets: readonly string[],
  matched: readonly MatchedVulnerability[],
  { artifact, at }: OpeningScope,
): Promise<readonly MatchedRow[]> {
  const said = matched.map(({ finding }) => finding);
  const newer = (column: string) => sql`
    ${sql.ref(column)} = case when finding.state in ('fixed', 'not-affected') then ${sql.ref(`excluded.${column}`)}
      else ${sql.ref(`finding.${column}`)} end`;
  const { rows } = await sql<MatchedRow>`
    with told as materialized (
      select * from ${told(matched)}
    ), said as materialized (
      select * from unnest(
        ${said.map(({ ids }) => canonicalRule(ids))}::text[], ${said.map(({ subject }) => subject)}::text[],
        ${said.map(({ title }) => title)}::text[], ${said.map(({ severity }) => severity)}::text[],
        ${said.map(({ rank }) => rank)}::float8[], ${said.map(({ isExploited }) => isExploited)}::boolean[],
        ${said.map(({ details }) => JSON.stringify(details))}::text[]
      ) with ordinality as one (rule, subject, title, severity, rank, exploited, details, n)
    ), link as materialized (
      select asset_id, alias, min(rule) as rule from finding_alias
      where asset_id = any (${[...assets]}::uuid[]) and alias in (select rule from said)
      group by asset_id, alias having count(*) = 1
    ), place as materialized (
      select artifact.asset_id, artifact.id as artifact, artifact.digest, member.path, member.package_id, package_set.layer,
        coalesce(link.rule, said.rule) as kept_rule, said.subject, said.n, said.rank
      from told ${holders} join package_set on package_set.id = held.set_id
      join said on said.n = told.n
      left join link on link.asset_id = artifact.asset_id and link.alias = said.rule
      where artifact.asset_id = any (${[...assets]}::uuid[])
        and (${artifact ?? null}::bigint is null or artifact.id = ${artifact ?? null}::bigint)
    ), kept as materialized (
      select asset_id, kept_rule, subject, count(distinct artifact)::int as artifacts, min(digest) as digest,
        (array_agg(n order by rank desc, n))[1] as n
      from place group by asset_id, kept_rule, subject
    ), written as (
      insert into finding (
        asset_id, kind, rule, subject, title, severity, rank, exploited, details, first_seen_at, last_seen_at, due_from
      )
      select asset_id, 'vulnerability', kept_rule, kept.subject, title, severity, said.rank, exploited, details::jsonb,
        ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
      from kept join said using (n) order by asset_id, kept_rule, kept.subject
      on conflict (asset_id, kind, rule, subject) do update set
        ${sql.join(['title', 'severity', 'rank', 'exploited', 'details'].map(newer))}
      returning id, asset_id, rule, subject, severity, exploited, state, decision, assignee, due_at, due_by_hand, due_from,
        fixed_at, reopened, xmax = 0 as "isNew"
    ), placed as (
      insert into occurrence (finding_id, artifact_id, tool, package_id, location, details, first_seen_at, last_seen_at)
      select distinct on (written.id, place.artifact, place.path, place.package_id)
        written.id, place.artifact, ${MATCHER}, place.package_id, place.path,
        jsonb_strip_nulls(jsonb_build_object('layer', place.layer)), ${at}::timestamptz, ${at}::timestamptz
      from written join place
        on place.asset_id = written.asset_id and place.kept_rule = written.rule and place.subject = written.subject
      where written."isNew" or not exists (
        select from occurrence scanned where scanned.finding_id = written.id and scanned.artifact_id = place.artifact
          and scanned.package_id = place.package_id and scanned.gone_at is null and scanned.tool <> ${MATCHER})
      on conflict on constraint occurrence_place do update set
        gone_at = null, last_seen_at = greatest(occurrence.last_seen_at, excluded.last_seen_at)
    )
    select written.*, kept.n, kept.digest, kept.artifacts from written join kept
      on kept.asset_id = written.asset_id and kept.kept_rule = written.rule and kept.subject = written.subject
    order by written.id`.execute(query);
  return rows;
}
