import { join } from 'node:path';
import {
  type AdvisoryDatabase,
  databaseChanges,
  ecosystemsOf,
  keepState,
  openDatabase,
  type StatementKey,
} from '#advisory/index.ts';
import {
  type ConcernedPackages,
  changeMatched,
  closeMatched,
  concernedPackages,
  ecosystemsMet,
  enqueue,
  type KeptPackage,
  matchAgain,
  noteAdvisoryState,
  openMatched,
  packagesByUrl,
  type Query,
  unlessAtWork,
} from '#storage/index.ts';
import { lookupKeysOf } from '#vulnerability/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { ServerContext } from '../route.ts';
import { differencesOf } from './differences.ts';
import { distributionFrom } from './distribution.ts';
import { updateExploited } from './exploited.ts';
import { matchPackages } from './match.ts';
import type { AdvisorySettings } from './settings.ts';

/** Kind of the job that brings findings to where advisories are. */
export const APPLY_ADVISORIES = 'advisories.apply';
export const MATCH_INVENTORY = 'inventory.match';

/** Packages that are spoken of otherwise, looked for at once. */
const AT_ONCE = 2000;

/** The state of the database that findings stand for already; the newer one is compared with it. */
export function appliedDirectory(directory: string): string {
  return join(directory, 'applied');
}

interface Applied {
  opened: number;
  closed: number;
  changed: number;
  /** In how many artifacts findings were opened. */
  artifacts: number;
}

/**
 * Opens, changes and closes findings where advisories have changed, without a scan: packages are found by index, compared with what was
 * said before and what is said now, and only the difference is applied. When it is cut off, it begins again and finds the rest.
 */
export const applyAdvisories: JobHandler = async (_, context, signal) => {
  const { query, advisories } = context;
  if (advisories !== undefined)
    await unlessAtWork(query, APPLY_ADVISORIES, () => applyNow(context, advisories, signal));
};

async function applyNow(
  { query, now }: ServerContext,
  advisories: AdvisorySettings,
  signal: AbortSignal,
): Promise<void> {
  const applied = appliedDirectory(advisories.directory);
  const changes = await databaseChanges(applied, advisories.directory);
  if (!changes.ok) throw new Error(changes.error);
  const { keys, ecosystems, hasOtherEnrichment } = changes.value;
  if (keys.length === 0 && ecosystems.length === 0 && !hasOtherEnrichment) return;
  const started = performance.now();
  const done = await withDatabases(applied, advisories.directory, async (before, after) => {
    const counts = await applyKeys(query, keys, { before, after, now, signal });
    if (hasOtherEnrichment) counts.changed += await updateExploited(query, before, after, now());
    return counts;
  });
  if (ecosystems.length > 0) await matchThose(query, ecosystems);
  const kept = keepState(advisories.directory, applied);
  if (!kept.ok) throw new Error(kept.error);
  const outcome = { ...done, packages: keys.length, durationMs: Math.round(performance.now() - started) };
  await noteAdvisoryState(query, { appliedAt: now(), outcome: { applied: outcome } });
  if (ecosystems.length > 0) await enqueue(query, { kind: MATCH_INVENTORY, payload: {}, runAt: now(), key: 'now' });
}

async function matchThose(query: Query, ecosystems: readonly string[]): Promise<void> {
  const { distributions } = await ecosystemsMet(query);
  const contexts = distributions.flatMap(({ context, distribution: kept }) => {
    const distribution = distributionFrom(kept);
    const keys = distribution ? ecosystemsOf(distribution, { extendedMaintenance: true }) : [];
    return keys.some((key) => ecosystems.includes(key)) ? [context] : [];
  });
  await matchAgain(query, { contexts, ecosystems });
}

async function withDatabases<Value>(
  before: string,
  after: string,
  work: (before: AdvisoryDatabase, after: AdvisoryDatabase) => Promise<Value>,
): Promise<Value> {
  const [old, current] = [openDatabase(before), openDatabase(after)];
  try {
    if (!old.ok) throw new Error(old.error);
    if (!current.ok) throw new Error(current.error);
    return await work(old.value, current.value);
  } finally {
    if (old.ok) old.value.close();
    if (current.ok) current.value.close();
  }
}

interface Comparison {
  readonly before: AdvisoryDatabase;
  readonly after: AdvisoryDatabase;
  readonly signal: AbortSignal;
  now(): Date;
}

async function applyKeys(query: Query, keys: readonly StatementKey[], comparison: Comparison): Promise<Applied> {
  const done: Applied = { opened: 0, closed: 0, changed: 0, artifacts: 0 };
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    comparison.signal.throwIfAborted();
    const lookups = [...new Set(keys.slice(start, start + AT_ONCE).flatMap(lookupKeysOf))];
    for (const concerned of await concernedPackages(query, lookups)) await applyTo(query, concerned, comparison, done);
  }
  return done;
}

async function applyTo(
  query: Query,
  concerned: ConcernedPackages,
  { before, after, now }: Comparison,
  done: Applied,
): Promise<void> {
  const at = now();
  const owners = await ownersOf(query, concerned.packages);
  const was = matchPackages(concerned, owners, before, at).vulnerabilities;
  const is = matchPackages(concerned, owners, after, at).vulnerabilities;
  const { opened, closed, changed } = differencesOf(was, is);
  const result = await openMatched(query, opened, { at, because: 'advisory' });
  done.opened += result.findings;
  done.artifacts += result.artifacts;
  done.changed += await changeMatched(query, changed, at);
  done.closed += await closeMatched(query, closed, at);
}

/** System packages that brought some of the packages. */
export async function ownersOf(query: Query, packages: readonly KeptPackage[]): Promise<readonly KeptPackage[]> {
  const purls = packages.flatMap(({ facts }) => facts.flatMap(([name, value]) => (name === 'ownedBy' ? [value] : [])));
  const owners = await packagesByUrl(query, [...new Set(purls)]);
  const there = new Set(packages.map(({ id }) => id));
  return owners.filter(({ id }) => !there.has(id));
}
