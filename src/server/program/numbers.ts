import type { Scope } from '#identity/index.ts';
import { addDays, addFacts, type Facts, isoDay, type Metric, type MetricValue } from '#program/index.ts';
import {
  assetDays,
  type DayFacts,
  findingDays,
  type MetricGroup,
  type MetricScope,
  type Query,
} from '#storage/index.ts';

export interface Window {
  /** Its last day. */
  readonly to: Date;
  readonly days: number;
}

export interface Asked {
  readonly scopes: readonly Scope[];
  readonly scope: MetricScope;
  readonly by?: MetricGroup;
}

/** What was counted on each day, of each group. */
export interface Counted {
  readonly ofFindings: readonly DayFacts[];
  readonly ofAssets: readonly DayFacts[];
}

/** Reads what metrics of a time are made from. Coverage is of assets: it has no severity and kind. */
export async function readCounts(query: Query, { scopes, scope, by }: Asked, { to, days }: Window): Promise<Counted> {
  const range = { from: isoDay(addDays(to, 1 - days)), to: isoDay(to) };
  const isOfAssets = scope.severity === undefined && scope.kind === undefined && (by === undefined || by === 'team');
  return {
    ofFindings: await findingDays(query, scopes, scope, range, by),
    ofAssets: isOfAssets ? await assetDays(query, scopes, scope, range, by === 'team' ? by : undefined) : [],
  };
}

/** The values of each group, the one of everything under null. */
export function valuesOf(metric: Metric, counted: Counted, window: Window): Map<string | null, MetricValue> {
  const rows = metric.of === 'assets' ? counted.ofAssets : counted.ofFindings;
  const groups = Map.groupBy(rows, ({ group }) => group);
  return new Map([...groups].map(([group, days]) => [group, valueIn(metric, days, window)]));
}

function valueIn(metric: Metric, days: readonly DayFacts[], { to, days: length }: Window): MetricValue {
  const last = isoDay(to);
  const first = isoDay(addDays(to, 1 - length));
  const within = days.filter(({ day }) => day >= first && day <= last);
  const facts: Facts = within.find(({ day }) => day === last)?.facts ?? {};
  return metric.value({ window: addFacts(within.map((one) => one.facts)), last: facts, days: length });
}

export interface Point {
  readonly day: string;
  readonly value: MetricValue;
}

/** A value a day, each over the window that ends with it. `counted` begins as many days before as the window has. */
export function seriesOf(metric: Metric, days: readonly DayFacts[], points: Window, windowDays: number): Point[] {
  return Array.from({ length: points.days }, (_, index) => {
    const to = addDays(points.to, index + 1 - points.days);
    return { day: isoDay(to), value: valueIn(metric, days, { to, days: windowDays }) };
  });
}
