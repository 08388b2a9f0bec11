import { existsSync } from 'node:fs';
import {
  type AdvisoryDatabase,
  type AdvisoryLookup,
  ecosystemsOf,
  type FeedOutcome,
  fetchMirrorAdvisories,
  type NotCovered,
  openDatabase,
  type SourceState,
  updateDatabase,
} from '#advisory/index.ts';
import { createHttpClient, type Problem, userAgent } from '#foundation/index.ts';
import type { Inventory } from '#inventory/index.ts';
import { type Distribution, isSystemPackage } from '#model/index.ts';
import { languagesMet } from '#vulnerability/index.ts';
import type { ScanProgress } from './scan.ts';

/** Where advisory data may come from for one scan. */
export interface AdvisoryPolicy {
  /** `auto`: bring missing or old data up to date first. `offline`: touch no network. */
  readonly network: 'auto' | 'offline';
  readonly databaseDirectory: string;
  /** Data older than this is fetched again when the network may be used. */
  readonly maxAgeHours: number;
  /** A mirror of the feeds: directory or base URL. */
  readonly feedMirror?: string;
  /** A mirror of the distribution's archive, instead of the one that this machine is configured for. */
  readonly packageMirror?: string;
  /** Whether a Debian or Ubuntu archive mirror may answer: when the database cannot (`auto`), beside it (`always`), or not at all. */
  readonly usePackageMirror: 'auto' | 'always' | 'never';
  readonly cacheDirectory: string;
}

/** What is known about the vulnerabilities of an inventory's packages, before anything is matched. */
export interface AdvisoryKnowledge {
  readonly lookups: readonly AdvisoryLookup[];
  readonly sources: readonly SourceState[];
  readonly problems: readonly Problem[];
  /** Source packages that the archive mirror cannot tell about, when it is the one that answers. */
  readonly notCovered: readonly NotCovered[];
  close(): void;
}

interface Watch {
  readonly signal: AbortSignal;
  onProgress(progress: ScanProgress): void;
}

/** Opens the database, brings it up to date where that is allowed, and asks the archive mirror where the database has no answer. */
export async function gatherAdvisories(
  inventory: Inventory,
  policy: AdvisoryPolicy,
  watch: Watch,
): Promise<AdvisoryKnowledge> {
  const { distribution } = inventory;
  const asked = questionsOf(inventory);
  const refreshed = await refresh(asked, policy, watch);
  const opened = openDatabase(policy.databaseDirectory);
  const database = opened.ok ? opened.value : undefined;
  const damaged = opened.ok ? [] : [databaseUnusable(opened.error)];
  const answered = database !== undefined && covers(database, asked.distributionKeys);
  const mirror =
    distribution && wantsMirror(distribution, answered, policy)
      ? await askMirror(inventory, distribution, policy, watch)
      : undefined;
  const speaking = [
    ...(database ? sourcesUsed(database, [...asked.distributionKeys, ...asked.languages]) : []),
    ...(mirror?.state ? [mirror.state] : []),
  ];
  return {
    lookups: [...(database ? [database] : []), ...(mirror ? [mirror.lookup] : [])],
    sources: [...speaking, ...(database && speaking.length > 0 ? database.enrichmentSources : [])],
    problems: [...damaged, ...refreshed, ...(mirror?.problems ?? [])],
    notCovered: answered ? [] : (mirror?.notCovered ?? []),
    close: () => database?.close(),
  };
}

/** Which ecosystems the inventory's packages belong to. */
interface Questions {
  readonly distribution?: Distribution;
  /** Of the distribution; one with data is enough. */
  readonly distributionKeys: readonly string[];
  /** Each needs data of its own. */
  readonly languages: readonly string[];
}

function questionsOf(inventory: Inventory): Questions {
  const { distribution } = inventory;
  const languages = languagesMet(inventory);
  return distribution && inventory.packages.some(({ type }) => isSystemPackage(type))
    ? { distribution, distributionKeys: ecosystemsOf(distribution), languages }
    : { distributionKeys: [], languages };
}

/** Fetches what is asked for and missing or too old. What fails is said; the data that is here stays in use. */
async function refresh(asked: Questions, policy: AdvisoryPolicy, watch: Watch): Promise<Problem[]> {
  if (policy.network === 'offline') return [];
  const { distribution, languages } = staleOf(asked, policy);
  if (!distribution && languages.length === 0) return [];
  const http = createHttpClient({ userAgent, timeouts: { connectMs: 8_000 }, retries: { retries: 1 } });
  try {
    const updated = await updateDatabase({
      directory: policy.databaseDirectory,
      distributions: distribution ? [distribution] : [],
      ecosystems: languages,
      ...(policy.feedMirror !== undefined && { from: policy.feedMirror }),
      signal: watch.signal,
      http,
      onProgress: (progress) => {
        const feed = progress.step === 'done' ? progress.outcome.feed : progress.feed;
        watch.onProgress({ step: 'fetching advisories', detail: feed.title });
      },
    });
    return updated.ok ? updated.value.outcomes.flatMap(problemsOfFeed) : [updateFailed(updated.error)];
  } finally {
    http.close();
  }
}

/** The part of the questions that the database has no answer or only an old one for. */
function staleOf(asked: Questions, policy: AdvisoryPolicy): Omit<Questions, 'distributionKeys'> {
  const opened = openDatabase(policy.databaseDirectory);
  if (!opened.ok) return { languages: [] }; // refreshing would not mend it; opening it again says what is wrong
  const { value: database } = opened;
  try {
    const oldest = Date.now() - policy.maxAgeHours * 3_600_000;
    const isStale = (keys: readonly string[]) =>
      !covers(database, keys) || sourcesUsed(database, keys).some((source) => Date.parse(source.fetchedAt) < oldest);
    const { distribution, distributionKeys } = asked;
    const languages = asked.languages.filter((key) => isStale([key]));
    return distribution && distributionKeys.length > 0 && isStale(distributionKeys)
      ? { distribution, languages }
      : { languages };
  } finally {
    database.close();
  }
}

function covers(database: AdvisoryDatabase, ecosystems: readonly string[]): boolean {
  return ecosystems.some((ecosystem) => database.coverage(ecosystem).length > 0);
}

function sourcesUsed(database: AdvisoryDatabase, ecosystems: readonly string[]): SourceState[] {
  return [
    ...new Map(ecosystems.flatMap((key) => database.coverage(key)).map((state) => [state.title, state])).values(),
  ];
}

function wantsMirror(distribution: Distribution, answered: boolean, policy: AdvisoryPolicy): boolean {
  if (distribution.id !== 'debian' && distribution.id !== 'ubuntu') return false;
  if (policy.usePackageMirror === 'never' || (policy.usePackageMirror === 'auto' && answered)) return false;
  return policy.network === 'auto' || isLocal(policy.packageMirror);
}

function isLocal(mirror: string | undefined): boolean {
  return mirror !== undefined && (mirror.startsWith('file:') || existsSync(mirror));
}

async function askMirror(inventory: Inventory, distribution: Distribution, policy: AdvisoryPolicy, watch: Watch) {
  const http = createHttpClient({ userAgent });
  try {
    return await fetchMirrorAdvisories({
      distribution,
      packages: inventory.packages,
      ...(policy.packageMirror !== undefined && { mirror: policy.packageMirror }),
      cacheDirectory: policy.cacheDirectory,
      http,
      signal: watch.signal,
      onProgress: ({ phase, done, total }) =>
        watch.onProgress({ step: 'fetching advisories', done, total, detail: `package mirror, ${phase}` }),
    });
  } finally {
    http.close();
  }
}

function problemsOfFeed(outcome: FeedOutcome): Problem[] {
  const subject = outcome.feed.title;
  if (outcome.state !== 'failed') return holesOfFeed(outcome).map((problem) => ({ ...problem, subject }));
  // Without the feed's own name, so that feeds of one unreachable publisher are counted as one problem.
  const reason = (outcome.message ?? 'no reason given').replace(`${subject}: `, '');
  const message = `A feed could not be fetched: ${reason}`;
  return [{ code: 'feed-not-fetched', message, effect: 'degraded', subject }];
}

/**
 * A record that could not be read concerns one package of a whole ecosystem, most likely none of this inventory. It is said, but
 * does not make the answer incomplete: the same scan tomorrow, with the feed here already, would not even know. `db status` tells.
 */
function holesOfFeed({ problems }: FeedOutcome): Problem[] {
  return problems.filter(({ effect }) => effect !== 'note').map((problem) => ({ ...problem, effect: 'degraded' }));
}

function updateFailed(reason: string): Problem {
  return {
    code: 'advisory-update-failed',
    message: `The advisory data was not updated: ${reason}`,
    effect: 'degraded',
  };
}

function databaseUnusable(reason: string): Problem {
  return { code: 'advisory-database-unusable', message: reason, effect: 'incomplete' };
}
