import { sql } from 'kysely';
import { defaultSla, type SlaPolicy, slaDays } from '#findings/index.ts';
import type { Scope } from '#identity/index.ts';
import { visibleAssets } from '../access.ts';
import type { Query } from '../index.ts';
import { FindingBook } from './finding-book.ts';
import { standingColumns } from './finding-changes.ts';

export interface VersionedSla {
  /** 0: nobody has changed it yet. */
  readonly version: number;
  readonly policy: SlaPolicy;
}

export async function currentSla(query: Query): Promise<VersionedSla> {
  const row = await query
    .selectFrom('sla_policy')
    .select(['version', 'policy'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { version: 0, policy: defaultSla };
}

/** Makes it the policy from now on; undefined when somebody else has changed it since `version`. */
export async function replaceSla(
  query: Query,
  { version, policy }: VersionedSla,
  account: string,
  at: Date,
): Promise<VersionedSla | undefined> {
  if ((await currentSla(query)).version !== version) return undefined;
  const next = { version: version + 1, policy };
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('sla_policy')
    .values({ version: next.version, policy: JSON.stringify(policy), created_at: at, account })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? next : undefined;
}

export interface SlaPreview {
  /** Open findings whose date the policy gives. */
  readonly findings: number;
  readonly earlier: number;
  readonly later: number;
  readonly unchanged: number;
  /** How many would be overdue at once that are not now. */
  readonly newlyOverdue: number;
}

/** What a policy would do to the due dates that there are. Findings are counted in groups: it costs the same for a million. */
export async function previewSla(
  query: Query,
  scopes: readonly Scope[],
  policy: SlaPolicy,
  now: Date,
): Promise<SlaPreview> {
  const terms = query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select([
      'severity',
      'exploited',
      'exposure',
      sql<number | null>`extract(epoch from finding.due_at - finding.due_from)::float8`.as('term'),
      sql<number>`floor(extract(epoch from ${now}::timestamptz - finding.due_from) / 86400)::float8`.as('age'),
    ])
    .where('state', 'in', ['open', 'in-progress'])
    .where('due_by_hand', '=', false)
    .where('due_from', 'is not', null)
    .where(visibleAssets(scopes));
  const facts = ['severity', 'exploited', 'exposure', 'term', 'age'] as const;
  const groups = await query
    .selectFrom(terms.as('one'))
    .select(facts)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .groupBy(facts)
    .execute();
  const counts = { findings: 0, earlier: 0, later: 0, unchanged: 0, newlyOverdue: 0 };
  for (const { severity, exploited, exposure, term: seconds, age: days, count } of groups) {
    const before = seconds === null ? Number.POSITIVE_INFINITY : seconds / 86_400;
    const after = slaDays(policy, { severity, isExploited: exploited, exposure }) ?? Number.POSITIVE_INFINITY;
    counts.findings += count;
    counts[after === before ? 'unchanged' : after < before ? 'earlier' : 'later'] += count;
    if (days >= after && days < before) counts.newlyOverdue += count;
  }
  return counts;
}

/** Gives the open findings of one asset the dates of the policy. Returns how many have moved. */
export async function applySla(
  query: Query,
  asset: string,
  { version, policy }: VersionedSla,
  now: Date,
): Promise<number> {
  const rows = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select([...standingColumns.map((column) => `finding.${column}` as const), 'severity', 'exploited', 'exposure'])
    .where('asset_id', '=', asset)
    .where('state', 'in', ['open', 'in-progress'])
    .where('due_by_hand', '=', false)
    .orderBy('finding.id')
    .forUpdate('finding')
    .execute();
  const book = new FindingBook(now);
  for (const row of rows) book.setDue(row, policy, row.exposure, `version ${version} of the policy`);
  const moved = book.changed;
  await book.write(query);
  return moved;
}

/** Assets after one, by id. */
export async function assetsAfter(query: Query, asset: string | undefined, limit: number): Promise<readonly string[]> {
  let found = query.selectFrom('asset').select('id').orderBy('id').limit(limit);
  if (asset !== undefined) found = found.where('id', '>', asset);
  return (await found.execute()).map(({ id }) => id);
}
