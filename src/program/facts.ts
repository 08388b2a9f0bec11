import { ageCount } from './age.ts';

/** `open0`, `open1`, …: one for each age. */
function byAge<Name extends string>(name: Name): `${Name}${number}`[] {
  return Array.from({ length: ageCount }, (_, index) => `${name}${index}` as const);
}

/**
 * What is counted of the findings of one asset, kind and severity on one day. All of it can be added, over days, assets, kinds and
 * severities: whatever somebody may see, the numbers are sums over it.
 */
const agedFacts = [
  /** Open at the end of the day, by age: a day at risk each. */
  'open',
  /** Proven fixed on that day, by age. */
  'fixed',
  /** Open, and nobody has done anything about it yet, by age. */
  'silent',
  /** Somebody did something about it for the first time on that day, by age. */
  'heard',
  /** First seen on that day, by the days since it was published: only what was published when the asset was known already. */
  'found',
] as const;

export type AgedFact = (typeof agedFacts)[number];

const plainFacts = [
  'opened',
  'reopened',
  /** Fixed before, after and without a due date. */
  'fixed_in_time',
  'fixed_late',
  'fixed_undated',
  /** At the end of the day. */
  'overdue',
  'open_undated',
  'accepted',
  /** Decided on that day. */
  'became_accepted',
  'became_noise',
  /** First seen on that day, and nobody says when it was published. */
  'found_undated',
] as const;

export type PlainFact = (typeof plainFacts)[number];

export type FactName = PlainFact | `${AgedFact}${number}`;

/** Columns of the table of days. */
export const factNames: readonly FactName[] = [...plainFacts, ...agedFacts.flatMap(byAge)];

/** What is counted of assets on one day: each one is one. */
export const coverageNames = [
  'assets',
  /** A complete report of it is at most a week old. */
  'scanned',
  'artifacts',
  /** Current artifacts whose packages are known. */
  'inventoried',
  'signed',
  'unsigned',
  'hosts',
  'watched',
  'unwatched',
] as const;

export type CoverageName = (typeof coverageNames)[number];

export type Facts = Readonly<Partial<Record<FactName | CoverageName, number>>>;

export function add(sums: Map<string, number>, name: string, count = 1): void {
  sums.set(name, (sums.get(name) ?? 0) + count);
}

/** The counts of one kind, by age. */
export function aged(facts: Facts, name: AgedFact): number[] {
  return Array.from({ length: ageCount }, (_, index) => facts[`${name}${index}`] ?? 0);
}

export function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** All of them added. */
export function addFacts(all: Iterable<Facts>): Facts {
  const sums = new Map<string, number>();
  for (const facts of all) for (const [name, count] of Object.entries(facts)) add(sums, name, count);
  return Object.fromEntries(sums);
}
