import { z } from 'zod';
import { scopesOf } from '#identity/index.ts';
import { severities } from '#model/index.ts';
import { addDays, dayOf, isoDay, type Metric, metrics } from '#program/index.ts';
import { findTeam, type MetricGroup, type MetricScope, measuredAt, type Query } from '#storage/index.ts';
import { readCounts, seriesOf, valuesOf } from '../../program/numbers.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { known } from '../accounts/rights.ts';

const scopeSearch = {
  team: z.uuid().optional(),
  severity: z.enum(severities).optional(),
  kind: z.string().max(100).optional(),
};

const windowDays = z.coerce
  .number()
  .int()
  .min(1)
  .max(365)
  .default(90)
  .meta({ description: 'Over so many days what happened is looked at' });

const metricValue = z.object({
  /** Null: not known. */
  value: z.number().nullable(),
  numerator: z.number(),
  denominator: z.number(),
  /** How many could not be judged. */
  unknown: z.number(),
  details: z.record(z.string(), z.number().nullable()).optional(),
});

const described = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.enum(['days', 'share', 'findings', 'finding-days']),
  better: z.enum(['lower', 'higher']),
  about: z.string(),
  of: z.enum(['findings', 'assets']),
  /** Of the findings behind it: for listFindings. */
  filter: z.string().nullable(),
});

const search = z.object({
  ...scopeSearch,
  window: windowDays,
  by: z.enum(['team', 'severity', 'kind']).optional(),
});

const list = route({
  id: 'listMetrics',
  method: 'GET',
  path: '/api/v1/metrics',
  summary: 'The numbers that a programme is steered by, as they are now, also by team, severity or kind',
  permission: 'metrics:read',
  ...nothing,
  search,
  answer: z.object({
    /** When they were last counted; null: never. */
    countedAt: z.iso.datetime().nullable(),
    metrics: z.array(
      z.object({
        ...described.shape,
        ...metricValue.shape,
        groups: z.array(
          z.object({ group: z.string().nullable(), ...metricValue.shape, filter: z.string().nullable() }),
        ),
      }),
    ),
  }),
  async handle({ search: { window, by, ...scope }, principal }, { query, now }) {
    const asked = { scopes: scopesOf(known(principal), 'metrics:read'), scope: given(scope) };
    const time = { to: dayOf(now()), days: window };
    const all = await readCounts(query, asked, time);
    const grouped = by === undefined ? undefined : await readCounts(query, { ...asked, by }, time);
    const teams = await teamNames(query, [
      asked.scope.team,
      ...(by === 'team' ? (grouped?.ofAssets.map(({ group }) => group) ?? []) : []),
    ]);
    const shown = metrics.map((metric) => {
      const value = valuesOf(metric, all, time).get(null) ?? metric.value({ window: {}, last: {}, days: window });
      const groups =
        grouped === undefined || (metric.of === 'assets' && by !== 'team') ? [] : [...valuesOf(metric, grouped, time)];
      return {
        ...describe(metric, { ...asked.scope, ...named(teams, asked.scope.team) }, now(), window),
        ...value,
        groups: groups.map(([group, own]) => ({
          group,
          ...own,
          filter: filterOf(
            metric,
            { ...asked.scope, ...named(teams, asked.scope.team), ...groupScope(by, group, teams) },
            now(),
            window,
          ),
        })),
      };
    });
    return { countedAt: (await measuredAt(query, asked.scopes))?.toISOString() ?? null, metrics: shown };
  },
});

/** Without what was not given. */
function given({ team, severity, kind }: { [Name in keyof MetricScope]: MetricScope[Name] | undefined }): MetricScope {
  return { ...(team !== undefined && { team }), ...(severity && { severity }), ...(kind !== undefined && { kind }) };
}

function describe(metric: Metric, scope: Named, now: Date, window: number): z.infer<typeof described> {
  const { id, title, unit, better, about, of } = metric;
  return { id, title, unit, better, about, of, filter: filterOf(metric, scope, now, window) };
}

type Named = Readonly<Partial<Record<'team' | 'severity' | 'kind', string>>>;

async function teamNames(
  query: Query,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === 'string');
  const found = await Promise.all(wanted.map((id) => findTeam(query, id)));
  return new Map(found.flatMap((team) => (team ? [[team.id, team.name] as const] : [])));
}

/** Filters name teams. */
function named(teams: ReadonlyMap<string, string>, team: string | undefined): Named {
  return team === undefined ? {} : { team: teams.get(team) ?? team };
}

function groupScope(by: MetricGroup | undefined, group: string | null, teams: ReadonlyMap<string, string>): Named {
  if (by === undefined) return {};
  return { [by]: by === 'team' && group !== null ? (teams.get(group) ?? group) : (group ?? 'none') };
}

/** What finds the findings behind a number. */
function filterOf(metric: Metric, { team, severity, kind }: Named, now: Date, window: number): string | null {
  if (metric.filter === undefined) return null;
  const filter = metric.filter
    .replace('{from}', isoDay(addDays(now, 1 - window)))
    .replace('{ninety}', isoDay(addDays(now, -90)));
  return [filter, team && `team:${quoted(team)}`, severity && `severity:${severity}`, kind && `kind:${quoted(kind)}`]
    .filter(Boolean)
    .join(' ');
}

function quoted(text: string): string {
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text);
}

const series = route({
  id: 'getMetricSeries',
  method: 'GET',
  path: '/api/v1/metrics/{metric}/series',
  summary: 'One number day by day, each over the window that ends with the day, also by team, severity or kind',
  permission: 'metrics:read',
  ...nothing,
  params: z.object({ metric: z.string().max(100) }),
  search: search.extend({ days: z.coerce.number().int().min(1).max(365).default(90) }),
  answer: z.object({
    metric: described,
    series: z.array(
      z.object({
        group: z.string().nullable(),
        points: z.array(z.object({ day: z.iso.date(), ...metricValue.omit({ details: true }).shape })),
      }),
    ),
  }),
  async handle({ params, search: { window, by, days, ...scope }, principal }, { query, now }) {
    const metric = metricOf(params.metric);
    if (metric.of === 'assets' && by !== undefined && by !== 'team')
      throw new RequestProblem(400, 'invalid-request', `${metric.title} is of assets, which have no ${by}.`, [
        { field: 'query.by', message: 'Use team.' },
      ]);
    const to = dayOf(now());
    const asked = { scopes: scopesOf(known(principal), 'metrics:read'), scope: given(scope), ...(by && { by }) };
    const counted = await readCounts(query, asked, { to, days: days + window - 1 });
    const rows = Map.groupBy(metric.of === 'assets' ? counted.ofAssets : counted.ofFindings, ({ group }) => group);
    if (by === undefined && rows.size === 0) rows.set(null, []);
    return {
      metric: describe(metric, named(await teamNames(query, [asked.scope.team]), asked.scope.team), now(), window),
      series: [...rows].map(([group, own]) => ({
        group,
        points: seriesOf(metric, own, { to, days }, window).map(({ day, value }) => ({
          day,
          value: value.value,
          numerator: value.numerator,
          denominator: value.denominator,
          unknown: value.unknown,
        })),
      })),
    };
  },
});

function metricOf(id: string): Metric {
  const found = metrics.find((metric) => metric.id === id);
  if (found === undefined) throw notFound('metric');
  return found;
}

export const metricRoutes: readonly Route[] = [list, series];
