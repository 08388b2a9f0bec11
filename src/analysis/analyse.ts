import {
  compileSelection,
  type FileWish,
  type ImageArtifact,
  type ImageLayer,
  type Reader,
  type Selection,
  type TreeArtifact,
} from '#artifact/index.ts';
import { mergeProblems, type Problem } from '#foundation/index.ts';
import type { Cataloger, Inventory } from '#inventory/index.ts';
import type { LayerOrigin } from '#model/index.ts';
import { type AnalysisOptions, defaultAnalysisLimits } from './analysis-options.ts';
import { assembleInventory } from './assemble.ts';
import { createExecutor, type Executor } from './executor.ts';
import { layerOrigins } from './layer-origin.ts';
import { Profile, type ReaderCost } from './profile.ts';
import { isSearching, type ReaderSet, readerSet, type SearchSettings } from './reader-set.ts';
import { type ReportedLayer, reportLayer } from './report-layer.ts';
import type { SearchFindings } from './search-findings.ts';
import { Slots } from './slots.ts';
import { SquashedTree } from './squashed-tree.ts';
import { type Visible, visibleTo } from './visible-files.ts';
import { analysersKey, wishesOf } from './wishes.ts';

/** Links may lead to places that were not read at first, where links may lead on; no sane image needs more rounds. */
const MAX_ROUNDS = 5;

/** What one pass over an artifact found. */
export interface Analysis extends Omit<SearchFindings, 'problems'> {
  /** What a container started from it would see. */
  readonly inventory: Inventory;
  /** What the readers cost in this run, dearest first; layers from the cache cost nothing. Empty unless asked for. */
  readonly costs: readonly ReaderCost[];
}

/** Looks through an image. Throws only when `signal` aborts. */
export async function analyseImage(image: ImageArtifact, options: AnalysisOptions): Promise<Analysis> {
  const subject = { layers: image.layers, origins: layerOrigins(image), isProject: false };
  const analysis = await analyse(subject, options);
  const { search = {} } = options;
  if (!isSearching(search)) return analysis;
  const { problems, secrets, malware: _none, ...checked } = (await searching()).searchConfig(search, image.config);
  return {
    ...analysis,
    ...checked,
    secrets: [...analysis.secrets, ...secrets],
    inventory: { ...analysis.inventory, problems: mergeProblems([...analysis.inventory.problems, ...problems]) },
  };
}

/** Loaded where something is looked for: see `readerSet`. */
function searching() {
  return import('./search-findings.ts');
}

const NOTHING_FOUND: SearchFindings = { secrets: [], malware: [], misconfigurations: [], problems: [] };

/** What version control keeps is not what is there. */
const VERSION_CONTROL = ['.git', '.hg', '.svn', '.jj'];

/** Whole file systems of images and containers lie there; what is in them is not installed on the machine that keeps them. */
const ENGINE_STORES = ['var/lib/docker', 'var/lib/containerd', 'var/lib/containers/storage', 'var/lib/kubelet/pods'];

/** Looks through a directory read in place, as through an image of one layer that lies there unpacked. */
export async function analyseTree(tree: TreeArtifact, options: AnalysisOptions): Promise<Analysis> {
  const placeholder: ImageLayer['diffId'] = 'sha256:';
  const isProject = tree.scheme === 'directory';
  const passOver = isProject ? VERSION_CONTROL : ENGINE_STORES;
  const content = { kind: 'directory', path: tree.root, whiteouts: 'none', passOver } as const;
  return analyse(
    { layers: [{ index: 0, diffId: placeholder, mediaType: '', content }], origins: [], isProject },
    options,
  );
}

interface Subject {
  readonly layers: readonly ImageLayer[];
  /** By layer; empty for a tree. */
  readonly origins: readonly LayerOrigin[];
  /** It is a directory of sources. Elsewhere only what is installed counts: a lock file in an image tells what somebody once built. */
  readonly isProject: boolean;
}

async function analyse(subject: Subject, options: AnalysisOptions): Promise<Analysis> {
  const { origins, isProject } = subject;
  const catalogers = options.catalogers.filter(({ evidence }) => isProject || evidence === 'installed');
  const search = searchIn(options.search ?? {}, isProject);
  const seen = await inThreads(subject, catalogers, search, options);
  const inventory = assembleInventory({ catalogers, origins, isProject, ...seen });
  const reports = seen.reported.map(({ report }) => report);
  const { visitManifests } = options;
  const searched = {
    ...seen,
    reports,
    origins,
    packages: inventory.packages,
    ...(visitManifests && { visitManifests }),
  };
  const { problems, ...found } = isSearching(search)
    ? (await searching()).searchFindings(search, searched)
    : NOTHING_FOUND;
  return {
    inventory: { ...inventory, problems: mergeProblems([...inventory.problems, ...problems]) },
    ...found,
    costs: costsOf(seen.reported),
  };
}

/** The threads end with what they are for: what is found is put together in the memory that they leave. */
async function inThreads(
  { layers }: Subject,
  catalogers: readonly Cataloger[],
  search: SearchSettings,
  options: AnalysisOptions,
): Promise<Seen> {
  const limits = { ...defaultAnalysisLimits, ...options.limits };
  const signal = options.signal ?? new AbortController().signal;
  const executor = createExecutor(catalogers, layers.length, limits);
  const stop = () => void executor.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const readers = await readerSet(catalogers, search);
    const fetches = new Slots(limits.maxFetches);
    return await lookThrough(layers, readers, { executor, signal, options, search, fetches });
  } finally {
    signal.removeEventListener('abort', stop);
    await executor.close();
  }
}

/** Files of configuration are checked in a directory of sources. What lies in an image is not what somebody is going to apply. */
function searchIn({ checks, ...others }: SearchSettings, isProject: boolean): SearchSettings {
  return checks && isProject ? { ...others, checks } : others;
}

interface Means {
  readonly executor: Executor;
  readonly signal: AbortSignal;
  readonly fetches: Slots;
  readonly search: SearchSettings;
  readonly options: AnalysisOptions;
}

interface Seen {
  readonly tree: SquashedTree;
  readonly visible: ReadonlyMap<string, Visible>;
  readonly reported: readonly ReportedLayer[];
  readonly problems: readonly Problem[];
}

/** Reads the layers, puts them together and follows links; once more for what links lead to and nobody had asked for. */
async function lookThrough(layers: readonly ImageLayer[], readers: ReaderSet, means: Means): Promise<Seen> {
  const all = [...readers.inventory, ...readers.search];
  let wishes = wishesOf(all);
  for (let round = 1; ; round++) {
    const reported = await reportAll(layers, all, wishes, means);
    const selection = compileSelection(wishes);
    const tree = new SquashedTree();
    for (const [index, { report }] of reported.entries()) tree.apply(index, report.changes);
    const visible = new Map(readers.inventory.map((reader) => [reader.id, visibleTo(reader, tree, selection)]));
    const missing = newWishes(wishes, [
      ...[...visible.values()].flatMap((view) => view.missing),
      ...linkedWishes(tree, selection),
    ]);
    if (missing.length === 0 || round === MAX_ROUNDS) {
      const problems = [...layerProblems(reported), ...linkProblems(visible, missing)];
      return { tree, visible, reported, problems };
    }
    wishes = [...wishes, ...missing];
  }
}

async function reportAll(
  layers: readonly ImageLayer[],
  readers: readonly Reader[],
  wishes: readonly FileWish[],
  means: Means,
): Promise<ReportedLayer[]> {
  const { options, signal } = means;
  const cache = options.cache === 'none' ? undefined : options.cache;
  const verifyDiffIds = options.verifyDiffIds === true;
  const analysers = analysersKey(readers, wishes, means.search);
  const context = { ...means, cache, wishes, analysers, verifyDiffIds, profile: options.profile === true };
  let done = 0;
  const reported = await Promise.all(
    layers.map(async (layer) => {
      signal.throwIfAborted();
      const report = await reportLayer(layer, context);
      options.onProgress?.(++done, layers.length);
      return report;
    }),
  );
  signal.throwIfAborted();
  return reported;
}

/** Files that have a wanted name by a hard link into a lower layer. */
function linkedWishes(tree: SquashedTree, selection: Selection): FileWish[] {
  return [...tree.unknownTargets].flatMap(([path, target]) =>
    selection.wishesFor(path).map(({ reader, pattern, askedFor }) => ({
      reader,
      pattern: { kind: 'path', path: target, maxBytes: pattern.maxBytes } as const,
      askedFor: askedFor ?? path,
    })),
  );
}

function newWishes(known: readonly FileWish[], found: readonly FileWish[]): FileWish[] {
  const keyOf = ({ reader, pattern }: FileWish) => JSON.stringify([reader, pattern]);
  const keys = new Set(known.map(keyOf));
  return found.filter((wish) => {
    const key = keyOf(wish);
    return !keys.has(key) && keys.add(key);
  });
}

function costsOf(reported: readonly ReportedLayer[]): ReaderCost[] {
  const profile = new Profile();
  for (const { report, cached } of reported) if (!cached) profile.addAll(report.costs ?? []);
  return profile.costs();
}

/** What concerns a layer as a whole names it. */
function layerProblems(reported: readonly ReportedLayer[]): Problem[] {
  return reported.flatMap(({ report }, index) =>
    report.problems.map((problem) =>
      problem.subject === undefined ? { ...problem, subject: `layer ${index + 1} of ${reported.length}` } : problem,
    ),
  );
}

function linkProblems(visible: ReadonlyMap<string, Visible>, unread: readonly FileWish[]): Problem[] {
  const loops = [...new Set([...visible.values()].flatMap((view) => view.loops))];
  const message = 'Symbolic links lead in a circle where a package database or the like would be.';
  const chains = 'Links lead on to ever more places; the last of them were not read.';
  return mergeProblems([
    ...loops.map((subject) => ({ code: 'link-loop', message, effect: 'note', subject }) as const),
    ...unread.map(
      ({ askedFor = '' }) =>
        ({ code: 'link-chain-limit', message: chains, effect: 'incomplete', subject: askedFor }) as const,
    ),
  ]);
}
