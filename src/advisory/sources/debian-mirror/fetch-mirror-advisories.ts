import { createHttpClient, type HttpClient, mergeProblems, type Problem, userAgent } from '#foundation/index.ts';
import type { Distribution, Package } from '#model/index.ts';
import type { Advisory, AdvisoryLookup, SourceState } from '../../advisory.ts';
import { createLookup, mergeRows, withoutRepeats } from './advisories.ts';
import { type AptConfiguration, readAptConfiguration } from './apt/configuration.ts';
import { aptProxyEnvironment } from './apt/proxy.ts';
import { type ArchiveRelease, archiveRelease } from './archive-release.ts';
import { openCache } from './cache.ts';
import { type InstalledSource, installedSources, mainArchitecture } from './installed-sources.ts';
import { judgeSources, type NotCovered } from './judge.ts';
import { expandMirrorLists } from './mirror-list.ts';
import { mirrorPlaces } from './mirror-location.ts';
import { createProgressMeter, type MirrorProgress, type ProgressMeter } from './progress.ts';
import { fetchRelease, type MirrorSuite, type ReleaseContext } from './release/fetch-release.ts';
import { describeMirror } from './source-state.ts';
import { readSuiteLists } from './suite-lists.ts';
import { createTransport } from './transport.ts';

export interface MirrorRequest {
  readonly distribution: Distribution;
  /** Packages of the scanned content; all but `deb` are passed over. */
  readonly packages: readonly Package[];
  /** How this machine finds its mirrors; read from `/etc/apt` when absent. */
  readonly apt?: AptConfiguration;
  /** `http://mirror.example/debian`, `file:/srv/mirror` or a directory: asked instead of what apt is told. */
  readonly mirror?: string;
  readonly cacheDirectory: string;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: MirrorProgress) => void;
}

export interface MirrorAdvisories {
  readonly lookup: AdvisoryLookup;
  readonly advisories: readonly Advisory[];
  /** Absent when no suite of the release could be read: nothing is known then, and `lookup` covers nothing. */
  readonly state?: SourceState;
  readonly problems: readonly Problem[];
  readonly notCovered: readonly NotCovered[];
  readonly traffic: { readonly requests: number; readonly bytes: number };
}

/**
 * Derives advisories for the packages from nothing but the distribution's mirror: what is installed is compared with the
 * newest source versions of the suites, and for those that are behind, the changelog of the newer version says what it
 * fixes. Rejects only when `signal` does; everything else is in `problems` and `notCovered`.
 */
export async function fetchMirrorAdvisories(request: MirrorRequest): Promise<MirrorAdvisories> {
  const { sources, unreadable } = installedSources(request.packages);
  const release = archiveRelease(request.distribution);
  if (!release.ok) return nothingKnown([...sources, ...unreadable], release.error, []);
  const apt = request.apt ?? (await readAptConfiguration());
  const proxies = aptProxyEnvironment(apt.settings, process.env);
  const http = proxies === undefined ? request.http : createHttpClient({ userAgent, proxyEnvironment: proxies });
  try {
    return await assessAll(sources, unreadable, release.value, apt, { ...request, http });
  } finally {
    if (http !== request.http) http.close();
  }
}

async function assessAll(
  sources: readonly InstalledSource[],
  unreadable: readonly InstalledSource[],
  release: ArchiveRelease,
  apt: AptConfiguration,
  request: MirrorRequest,
): Promise<MirrorAdvisories> {
  const { signal } = request;
  const cache = await openCache(request.cacheDirectory);
  const progress = createProgressMeter(request.onProgress);
  const transport = createTransport({
    http: request.http,
    directory: cache.downloadDirectory,
    signal,
    logins: apt.logins,
    onBytes: progress.received,
  });
  const context = { release, apt, transport, cache, signal, now: Date.now(), underway: new Map() };
  const suites = await fetchSuites(context, request.mirror, progress);
  const problems = [...apt.problems, ...suites.problems];
  if (suites.found.length === 0) {
    const missing = nothingKnown(
      [...sources, ...unreadable],
      'no suite of the release could be read from a mirror',
      problems,
    );
    return { ...missing, traffic: transport.traffic };
  }
  const architecture = mainArchitecture(request.packages);
  const wanted = new Set(sources.map(({ source }) => source));
  const lists = await readSuiteLists(suites.found, release.components, wanted, architecture, context);
  const history = { ...context, vendor: release.vendor, architecture };
  const judged = await judgeSources(sources, lists.offers, release, history, progress);
  const rows = withoutRepeats(judged.flatMap((item) => item.rows));
  const advisories = mergeRows(rows);
  const state = describeMirror(suites.found, release, advisories.length);
  return {
    lookup: createLookup(rows, release.ecosystem, state),
    advisories,
    state,
    problems: mergeProblems([
      ...[...problems, ...lists.problems, ...cache.problems],
      ...judged.flatMap((item) => item.problems),
    ]),
    notCovered: [...judged.flatMap((item) => item.notCovered), ...unreadable.map(unreadableSource)],
    traffic: transport.traffic,
  };
}

async function fetchSuites(
  context: ReleaseContext,
  mirror: string | undefined,
  progress: ProgressMeter,
): Promise<{ found: MirrorSuite[]; problems: Problem[] }> {
  const { release, apt } = context;
  progress.start('lists', release.suites.length);
  const answers = await Promise.all(
    release.suites.map(async (suite) => {
      const places = await expandMirrorLists(mirrorPlaces(suite, release, apt, mirror), context.transport);
      const answer = await fetchRelease(suite, places, context);
      progress.step();
      return answer;
    }),
  );
  return {
    found: answers.map((answer) => answer.found).filter((suite) => suite !== undefined),
    problems: answers.flatMap((answer) => answer.problems),
  };
}

function unreadableSource(source: InstalledSource): NotCovered {
  return { ...source, reason: 'version-unreadable', message: 'this is no name and version of a Debian source' };
}

function nothingKnown(
  sources: readonly InstalledSource[],
  message: string,
  problems: readonly Problem[],
): MirrorAdvisories {
  const own: Problem = {
    code: 'mirror-unavailable',
    message: `The mirror says nothing about this content: ${message}.`,
    effect: 'incomplete',
  };
  return {
    lookup: { find: () => [], enrich: () => ({}), coverage: () => [] },
    advisories: [],
    problems: [...problems, own],
    notCovered: sources.map((source) => ({ ...source, reason: 'mirror-unavailable', message })),
    traffic: { requests: 0, bytes: 0 },
  };
}
