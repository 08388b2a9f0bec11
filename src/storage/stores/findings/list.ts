import { type Expression, expressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Filter, FilterTerm, FindingField } from '#filter/index.ts';
import { decidedStates, type FindingState, findingStates } from '#findings/index.ts';
import type { Scope } from '#identity/index.ts';
import { severities } from '#model/index.ts';
import { visibleAssets } from '../../access.ts';
import type { Query } from '../../index.ts';
import type { Tables } from '../../tables/index.ts';
import { type FilterContext, matching, severitiesOf } from './conditions.ts';

/** Which findings somebody asks for, of those that they may see. */
export interface FindingSelection {
  readonly filter: Filter<FindingField>;
  readonly scopes: readonly Scope[];
  readonly context: FilterContext;
}

type Key = RawBuilder<string | number | Date>;

/** What each order is by, all in one direction so that a page is read on in an index. The id makes it total. */
const orders = {
  rank: [sql`(- finding.rank)`],
  severity: [sql`finding.severity_rank`, sql`(- finding.rank)`],
  due: [sql`coalesce(finding.due_at, 'infinity')`],
  seen: [sql`finding.first_seen_at`],
  /** For exports: it never changes. */
  id: [],
} as const satisfies Readonly<Record<string, readonly RawBuilder<unknown>[]>>;

export type FindingOrder = Exclude<keyof typeof orders, 'id'>;

export const findingOrders = ['rank', 'severity', 'due', 'seen'] as const satisfies readonly FindingOrder[];

export interface FindingPage {
  readonly order: FindingOrder | 'id';
  readonly isReversed: boolean;
  readonly limit: number;
  /** `place` of the last row of the page before. */
  readonly after: readonly string[] | undefined;
}

/** One row more than `limit` when there is another page. */
export async function listFindings(query: Query, selection: FindingSelection, page: FindingPage) {
  const keys = [...orders[page.order], sql`finding.id`] as Key[];
  const direction = page.isReversed ? sql`desc` : sql`asc`;
  const rows = (await from(query, selection))
    .select([
      'finding.id',
      'finding.kind',
      'finding.rule',
      'finding.subject',
      'finding.title',
      'finding.severity',
      'finding.state',
      'finding.rank',
      'finding.due_at',
      'finding.assignee',
      'finding.first_seen_at',
      'finding.last_seen_at',
      'finding.fixed_at',
      'finding.reopened',
      'finding.exploited',
      'finding.decision',
      'finding.asset_id',
      'asset.kind as asset_kind',
      'asset.name as asset_name',
      'asset.team_id',
      'owner.name as team_name',
      sql<string[]>`array[${sql.join(keys.map((key) => sql`${key}::text`))}]`.as('place'),
    ])
    .orderBy(sql`${sql.join(keys.map((key) => sql`${key} ${direction}`))}`)
    .limit(page.limit + 1);
  return (page.after ? rows.where(behind(keys, page.after, page.isReversed)) : rows).execute();
}

export type ListedFinding = Awaited<ReturnType<typeof listFindings>>[number];

const TYPES: Readonly<Record<FindingPage['order'], readonly string[]>> = {
  rank: ['double precision', 'uuid'],
  severity: ['smallint', 'double precision', 'uuid'],
  due: ['timestamptz', 'uuid'],
  seen: ['timestamptz', 'uuid'],
  id: ['uuid'],
};

const SHAPES = new Map([
  ['double precision', /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Infinity)$/],
  ['smallint', /^\d$/],
  ['timestamptz', /^(?:infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::\d\d)?)$/],
  ['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
]);

/** Whether a place, which comes from outside, is one of this order. */
export function isPlaceOf(order: FindingPage['order'], place: readonly string[]): boolean {
  const types = TYPES[order];
  return place.length === types.length && types.every((type, index) => SHAPES.get(type)?.test(place[index] ?? ''));
}

function behind(keys: readonly Key[], place: readonly string[], isReversed: boolean): Expression<SqlBool> {
  const values = place.map((value) => sql`${value}`);
  return sql<SqlBool>`(${sql.join(keys)}) ${isReversed ? sql`<` : sql`>`} (${sql.join(values)})`;
}

export interface FindingCount {
  readonly count: number;
  /** There are more than `count`. */
  readonly isMore: boolean;
}

/** Beyond this many it is not said exactly how many there are, unless the tally knows. */
const EXACT_COUNT = 10_000;

export async function countFindings(query: Query, selection: FindingSelection): Promise<FindingCount> {
  if (isTallied(selection.filter)) {
    const groups = await tallied(query, selection);
    return { count: groups.reduce((sum, { findings }) => sum + findings, 0), isMore: false };
  }
  const some = (await from(query, selection)).select('finding.id').limit(EXACT_COUNT + 1);
  const row = await query
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { count: Math.min(row.count, EXACT_COUNT), isMore: row.count > EXACT_COUNT };
}

/** Findings of one sort. */
export interface FindingGroup {
  readonly kind: string;
  readonly severity: string;
  readonly state: string;
  readonly asset_kind: string;
  readonly exposure: string;
  readonly team_name: string | null;
  readonly findings: number;
}

export interface FindingGroups {
  readonly groups: readonly FindingGroup[];
  /** False: only the first of them were counted. */
  readonly isExact: boolean;
}

/** How the findings are spread: from the tally where the filter allows it, else from the first of them. */
export async function groupFindings(query: Query, selection: FindingSelection): Promise<FindingGroups> {
  if (isTallied(selection.filter)) return { groups: await tallied(query, selection), isExact: true };
  const some = (await from(query, selection))
    .select([
      'finding.kind',
      'finding.severity',
      'finding.state',
      'asset.kind as asset_kind',
      'asset.exposure',
      'owner.name as team_name',
    ])
    .limit(EXACT_COUNT + 1);
  const groups: FindingGroup[] = await query
    .selectFrom(some.as('some'))
    .select(['kind', 'severity', 'state', 'asset_kind', 'exposure', 'team_name'])
    .select(({ fn }) => fn.countAll<number>().as('findings'))
    .groupBy(['kind', 'severity', 'state', 'asset_kind', 'exposure', 'team_name'])
    .execute();
  return { groups, isExact: groups.reduce((sum, { findings }) => sum + findings, 0) <= EXACT_COUNT };
}

const SAMPLE = 2000;

/** The packages or rules that most of the first findings are about. */
export async function frequentIn(
  query: Query,
  selection: FindingSelection,
  column: 'package_name' | 'rule',
  limit: number,
) {
  const some = (await from(query, selection)).select(`finding.${column} as value`).limit(SAMPLE + 1);
  const counted = await query
    .selectFrom(some.as('some'))
    .select(({ fn }) => [sql<string | null>`value`.as('value'), fn.countAll<number>().as('findings')])
    .groupBy('value')
    .orderBy('findings', 'desc')
    .orderBy('value')
    .execute();
  const total = counted.reduce((sum, { findings }) => sum + findings, 0);
  const values = counted.filter(({ value }) => value !== null).slice(0, limit);
  return { values, total: Math.min(total, SAMPLE), isExact: total <= SAMPLE };
}

/** Beyond this many assets it is no help to know which. */
const NAMED_ASSETS = 2000;

/** The findings of a selection, for statements that do something with all of them. */
export function selectFindings(query: Query, selection: FindingSelection) {
  return from(query, selection);
}

const OF_ASSETS: ReadonlySet<FindingField> = new Set(['asset', 'asset-kind', 'exposure', 'team'] as const);

/**
 * The findings of a selection. Where it is about some assets only, they are looked up first, with the predicate of access and the terms
 * about assets: then the database knows how many rows to expect, and does not walk through a million in search of a page. To ask both in
 * the second query again would have it expect the square of that.
 */
async function from(query: Query, selection: FindingSelection) {
  const { filter, scopes, context } = selection;
  const findings = query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team as owner', 'owner.id', 'asset.team_id');
  const assets = await namedAssets(query, selection);
  if (assets === undefined)
    return findings.where(visibleAssets(scopes)).where(matching(filter, filterBuilder, context));
  const others = filter.filter(({ field }) => !OF_ASSETS.has(field));
  return findings
    .where(sql<SqlBool>`finding.asset_id = any(${assets}::uuid[])`)
    .where(matching(others, filterBuilder, context));
}

async function namedAssets(query: Query, { filter, scopes, context }: FindingSelection): Promise<string[] | undefined> {
  const terms = filter.filter(({ field }) => OF_ASSETS.has(field));
  if (terms.length === 0 && scopes.some(({ kind }) => kind === 'all')) return undefined;
  const assets = await query
    .selectFrom('asset')
    .leftJoin('team as owner', 'owner.id', 'asset.team_id')
    .select('asset.id')
    .where(visibleAssets(scopes))
    .where(matching(terms, filterBuilder, context))
    .limit(NAMED_ASSETS + 1)
    .execute();
  return assets.length > NAMED_ASSETS ? undefined : assets.map(({ id }) => id);
}

const TALLIED: ReadonlySet<FindingField> = new Set([
  'kind',
  'severity',
  'state',
  'asset',
  'asset-kind',
  'exposure',
  'team',
] as const);
const STATES_BEING: ReadonlyMap<string, readonly FindingState[]> = new Map<string, readonly FindingState[]>([
  ['open', ['open', 'in-progress']],
  ['decided', decidedStates],
  ['fixed', ['fixed']],
]);

/** Whether the tally has all that the filter asks for. */
function isTallied(filter: Filter<FindingField>): boolean {
  return filter.every(({ field, values }) =>
    field === 'is' ? values.every((value) => 'text' in value && STATES_BEING.has(value.text)) : TALLIED.has(field),
  );
}

/** Sums of the columns that severity and state ask for; the other terms are conditions on the tally, which goes by the name of `finding`. */
async function tallied(query: Query, { filter, scopes, context }: FindingSelection): Promise<FindingGroup[]> {
  const wanted = SORTS.filter((sort) => filter.every((term) => isOfSort(term, sort)));
  if (wanted.length === 0) return [];
  const terms = filter.filter(({ field }) => !OF_SORTS.has(field));
  const rows = await query
    .selectFrom('finding_tally as finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .leftJoin('team as owner', 'owner.id', 'asset.team_id')
    .select(['finding.kind', 'asset.kind as asset_kind', 'asset.exposure', 'owner.name as team_name'])
    .select(
      sql<number[]>`array[${sql.join(wanted.map(({ column }) => sql`sum(finding.${sql.ref(column)})::float8`))}]`.as(
        'sums',
      ),
    )
    .where(visibleAssets(scopes))
    .where(matching(terms, filterBuilder, context))
    .groupBy(['finding.kind', 'asset.kind', 'asset.exposure', 'owner.id'])
    .execute();
  return rows.flatMap(({ sums, ...group }) =>
    wanted.flatMap(({ severity, state }, index) => {
      const findings = sums[index] ?? 0;
      return findings > 0 ? [{ ...group, severity, state, findings }] : [];
    }),
  );
}

const OF_SORTS: ReadonlySet<FindingField> = new Set(['severity', 'state', 'is'] as const);

const SORTS = severities.flatMap((severity, s) =>
  findingStates.map((state, t) => ({ severity, state, column: `n${s}${t}` })),
);

function isOfSort(term: FilterTerm<FindingField>, { severity, state }: (typeof SORTS)[number]): boolean {
  const holds = (): boolean => {
    if (term.field === 'severity') return severitiesOf(term.operator, term.values).includes(severity);
    if (term.field === 'state') return term.values.some((value) => 'text' in value && value.text === state);
    return term.values.some((value) => 'text' in value && (STATES_BEING.get(value.text) ?? []).includes(state));
  };
  return !OF_SORTS.has(term.field) || holds() !== term.isNegated;
}

const filterBuilder = expressionBuilder<Tables & { owner: Tables['team'] }, 'finding' | 'asset' | 'owner'>();
