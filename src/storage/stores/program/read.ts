import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#identity/index.ts';
import type { Severity } from '#model/index.ts';
import { coverageNames, type Facts, factNames } from '#program/index.ts';
import { visibleAssets } from '../../access.ts';
import type { Query } from '../../index.ts';

/** Whose numbers; absent: everything that may be seen. */
export interface MetricScope {
  readonly team?: string;
  readonly severity?: Severity;
  readonly kind?: string;
}

export type MetricGroup = 'team' | 'severity' | 'kind';

export interface DayFacts {
  /** `2026-11-24` */
  readonly day: string;
  /** Of what it is: a team's id, a severity, a kind; null for none, or when it is of everything. */
  readonly group: string | null;
  readonly facts: Facts;
}

export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const sumsOf = (names: readonly string[]) =>
  sql<Facts>`json_build_object(${sql.join(names.flatMap((name) => [sql.lit(name), sql`sum(${sql.ref(name)})`]))})`;

/** Objects of a function have at most 100 arguments: in two halves. */
const half = Math.ceil(factNames.length / 2);

/** What was counted of findings, by day. */
export async function findingDays(
  query: Query,
  scopes: readonly Scope[],
  { team, severity, kind }: MetricScope,
  { from, to }: DayRange,
  by?: MetricGroup,
): Promise<readonly DayFacts[]> {
  const group = sql<string | null>`${by === undefined ? sql`null::text` : GROUPS[by]}`;
  let days = query
    .selectFrom('program_day')
    .innerJoin('asset', 'asset.id', 'program_day.asset_id')
    .select([
      sql<string>`day::text`.as('day'),
      group.as('group'),
      sumsOf(factNames.slice(0, half)).as('one'),
      sumsOf(factNames.slice(half)).as('other'),
    ])
    .where(visibleAssets(scopes))
    .where(sql<SqlBool>`day between ${from}::date and ${to}::date`);
  if (team !== undefined) days = days.where('asset.team_id', '=', team);
  if (severity !== undefined) days = days.where('program_day.severity', '=', severity);
  if (kind !== undefined) days = days.where('program_day.kind', '=', kind);
  const rows = await days.groupBy(['day', group]).orderBy('day').execute();
  return rows.map(({ day, group, one, other }) => ({ day, group, facts: { ...one, ...other } }));
}

const GROUPS = {
  team: sql`asset.team_id::text`,
  severity: sql`program_day.severity`,
  kind: sql`program_day.kind`,
} as const satisfies Readonly<Record<MetricGroup, unknown>>;

/** What was counted of assets, by day. */
export async function assetDays(
  query: Query,
  scopes: readonly Scope[],
  { team }: MetricScope,
  { from, to }: DayRange,
  by?: 'team',
): Promise<readonly DayFacts[]> {
  const group = sql<string | null>`${by === undefined ? sql`null::text` : GROUPS.team}`;
  let days = query
    .selectFrom('program_asset_day')
    .innerJoin('asset', 'asset.id', 'program_asset_day.asset_id')
    .select([sql<string>`day::text`.as('day'), group.as('group'), sumsOf(coverageNames).as('facts')])
    .where(visibleAssets(scopes))
    .where(sql<SqlBool>`day between ${from}::date and ${to}::date`);
  if (team !== undefined) days = days.where('asset.team_id', '=', team);
  return days.groupBy(['day', group]).orderBy('day').execute();
}

/** When the numbers that somebody sees were last counted; undefined: never. */
export async function measuredAt(query: Query, scopes: readonly Scope[]): Promise<Date | undefined> {
  const row = await query
    .selectFrom('program_measured')
    .innerJoin('asset', 'asset.id', 'program_measured.asset_id')
    .select(({ fn }) => fn.max('measured_at').as('at'))
    .where(visibleAssets(scopes))
    .executeTakeFirst();
  return row?.at ?? undefined;
}
