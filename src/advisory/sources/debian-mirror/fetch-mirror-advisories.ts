import { createHttpClient, type HttpClient, mergeProblems, type Problem, userAgent } from '#foundation/index.ts';
import type { Distribution, Package } from '#model/index.ts';
import type { Advisory, AdvisoryLookup, SourceState } from '../../advisory.ts';
import { createLookup, mergeRows, type Row, rowsFor, SOURCE_ID, withoutRepeats } from './advisories.ts';
import { type AptConfiguration, readAptConfiguration } from './apt/configuration.ts';
import { aptProxyEnvironment } from './apt/proxy.ts';
import { type ArchiveRelease, archiveRelease } from './archive-release.ts';
import { standing } from './assess.ts';
import { openCache } from './cache.ts';
import { fetchHistory, type HistoryContext } from './changelog/fetch-history.ts';
import { inParallel } from './in-parallel.ts';
import { type InstalledSource, installedSources, mainArchitecture } from './installed-sources.ts';
import { expandMirrorLists } from './mirror-list.ts';
import { mirrorPlaces } from './mirror-location.ts';
import { fetchRelease, type MirrorSuite, type ReleaseContext } from './release/fetch-release.ts';
import { type Offer, readSuiteLists } from './suite-lists.ts';
import { createTransport, shown } from './transport.ts';

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

interface MirrorProgress {
  readonly phase: 'lists' | 'changelogs';
  readonly done: number;
  readonly total: number;
  /** Received so far in the whole call. */
  readonly bytes: number;
}

/** A source package about which the mirror cannot tell whether it has fixed vulnerabilities. Not assessed is not clean. */
export interface NotCovered {
  readonly source: string;
  readonly version: string;
  readonly reason:
    | 'not-in-mirror'
    | 'newer-than-mirror'
    | 'version-unreadable'
    | 'changelog-missing'
    | 'mirror-unavailable';
  readonly message: string;
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

const PARALLEL_DOWNLOADS = 6;

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
  const progress = createProgress(request);
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
  const history: HistoryContext = { ...context, vendor: release.vendor, architecture };
  const judged = await judgeSources(sources, lists.offers, release, history, progress);
  const rows = withoutRepeats(judged.flatMap((item) => item.rows));
  const advisories = mergeRows(rows);
  const state = describe(suites.found, release, advisories.length);
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
  progress: Progress,
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

interface Judged {
  readonly rows: readonly Row[];
  readonly problems: readonly Problem[];
  readonly notCovered: readonly NotCovered[];
}

async function judgeSources(
  sources: readonly InstalledSource[],
  offers: ReadonlyMap<string, readonly Offer[]>,
  release: ArchiveRelease,
  context: HistoryContext,
  progress: Progress,
): Promise<Judged[]> {
  const standings = sources.map((source) => ({ source, standing: standing(source, offers.get(source.source) ?? []) }));
  progress.start('changelogs', standings.filter((item) => item.standing.kind === 'behind').length);
  return inParallel(standings, PARALLEL_DOWNLOADS, async (item) => {
    if (item.standing.kind !== 'behind') return judgeWithoutHistory(item.source, item.standing);
    const outcome = await fetchHistory(item.standing.offers, context);
    progress.step();
    return judgeBehind(item.source, item.standing.offers, outcome, release);
  });
}

function judgeWithoutHistory(
  installed: InstalledSource,
  state: Exclude<ReturnType<typeof standing>, { kind: 'behind' }>,
): Judged {
  const notCovered = (reason: NotCovered['reason'], message: string): Judged => ({
    rows: [],
    problems: [],
    notCovered: [{ ...installed, reason, message }],
  });
  switch (state.kind) {
    case 'current':
      return { rows: [], problems: [], notCovered: [] };
    case 'unknown':
      return notCovered(
        'not-in-mirror',
        'no suite of the release has this source: it is from elsewhere or was removed',
      );
    case 'ahead':
      return notCovered('newer-than-mirror', `newer than the release's ${state.newest}: it is from elsewhere`);
    case 'unreadable':
      return notCovered('version-unreadable', state.reason);
  }
}

function judgeBehind(
  installed: InstalledSource,
  offers: readonly Offer[],
  outcome: Awaited<ReturnType<typeof fetchHistory>>,
  release: ArchiveRelease,
): Judged {
  const { rows, reachesInstalled } = rowsFor(installed, offers, outcome, release);
  const newest = offers[0]?.version ?? '';
  if (outcome.kind === 'missing') {
    const problem: Problem = {
      code: 'changelog-missing',
      message:
        'The changelog of a pending update could not be read from the mirror: which vulnerabilities it fixes is not known.',
      effect: 'incomplete',
      subject: `${installed.source} ${newest}`,
    };
    const message = `the update ${newest} is pending and what it fixes is not known: ${outcome.reason}`;
    return { rows, problems: [problem], notCovered: [{ ...installed, reason: 'changelog-missing', message }] };
  }
  const problems: Problem[] = [];
  if (!reachesInstalled) {
    problems.push({
      code: 'changelog-short',
      message: 'A changelog does not reach back to the installed version: fixes between the two may be missing.',
      effect: 'incomplete',
      subject: `${installed.source} ${installed.version}`,
    });
  }
  if (outcome.version !== newest) {
    problems.push({
      code: 'changelog-older',
      message:
        'Only the changelog of an earlier update could be read from the mirror: what the newest one fixes is not known.',
      effect: 'incomplete',
      subject: `${installed.source} ${newest}`,
    });
  }
  return { rows, problems, notCovered: [] };
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

function describe(suites: readonly MirrorSuite[], release: ArchiveRelease, advisories: number): SourceState {
  const security = suites.find(({ suite }) => suite.role === 'security');
  const places = [...new Set(suites.map(({ base }) => placeName(base)))];
  const newestList = Math.max(...suites.map((suite) => suite.release.date));
  return {
    source: SOURCE_ID,
    title: `${release.origin} mirror ${places.join(', ')} (${release.codename})`,
    license: 'package lists and changelogs of the distribution',
    attribution: `The ${release.origin} project and its package maintainers`,
    asOf: new Date(security?.release.date ?? newestList).toISOString(),
    fetchedAt: new Date(Math.min(...suites.map((suite) => suite.fetchedAt))).toISOString(),
    advisories,
    limits: [
      'knows fixed vulnerabilities only: what has no fix in the release yet is not listed',
      'takes the names of vulnerabilities from changelogs: a fix that its changelog does not name appears as a pending update or not at all',
      'gives no severity',
      ...(release.vendor === 'ubuntu' ? ['does not know fixes of Expanded Security Maintenance (ESM)'] : []),
    ],
  };
}

/** The server's name, or the directory. */
function placeName(base: string): string {
  const url = URL.parse(base);
  return url === null || url.protocol === 'file:' ? shown(base) : url.host;
}

/** Turns what happens into progress reports. */
interface Progress {
  start(phase: MirrorProgress['phase'], total: number): void;
  step(): void;
  readonly received: (bytes: number) => void;
}

function createProgress({ onProgress }: MirrorRequest): Progress {
  let current: MirrorProgress = { phase: 'lists', done: 0, total: 0, bytes: 0 };
  const update = (change: Partial<MirrorProgress>): void => {
    current = { ...current, ...change };
    onProgress?.(current);
  };
  return {
    start: (phase, total) => update({ phase, total, done: 0 }),
    step: () => update({ done: current.done + 1 }),
    received: (bytes) => update({ bytes: current.bytes + bytes }),
  };
}
