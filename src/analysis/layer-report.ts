import {
  compileSelection,
  type DirectorySource,
  type FileWish,
  type LayerChange,
  type TarLayerSource,
  walkDirectory,
  walkTarLayer,
} from '#artifact/index.ts';
import type { Problem } from '#foundation/index.ts';
import type { DigestAlgorithm } from '#model/index.ts';
import { Profile, type ReaderCost } from './profile.ts';
import type { ReaderSet, SearchSettings } from './reader-set.ts';
import { FileReader, type FileReadings } from './readers.ts';
import { SearchApart } from './search-apart.ts';

/** Raised whenever the meaning or shape of a report changes: cached reports of other formats are not found then. */
export const REPORT_FORMAT = 2;

/** All that is kept of one layer. Plain data: it crosses threads and is cached on disk. */
export interface LayerReport {
  readonly changes: readonly LayerChange<FileReadings>[];
  readonly entries: number;
  readonly bytes: number;
  readonly problems: readonly Problem[];
  /** Digest of the uncompressed archive where it was computed. */
  readonly diffId?: string;
  /** What the readers cost, where the task asked for it. */
  readonly costs?: readonly ReaderCost[];
}

/** The analysis of one layer, as it is handed to another thread. */
export interface LayerTask {
  readonly source: TarLayerSource | DirectorySource;
  readonly wishes: readonly FileWish[];
  readonly search: SearchSettings;
  /** Measures what each reader costs. */
  readonly profile?: boolean;
  /** There is a processor to spare: search in a thread beside the walk. */
  readonly searchesApart?: boolean;
  /** Computes the digest of the uncompressed archive. */
  readonly diffIdAlgorithm?: DigestAlgorithm;
  /** Nothing lies below: see `TarLayerOptions`. */
  readonly isLowest: boolean;
}

/** Walks a layer and has its wanted files read. The only place where layer content meets readers. */
export async function analyseLayer(task: LayerTask, readers: ReaderSet): Promise<LayerReport> {
  const profile = task.profile ? new Profile() : undefined;
  const own = task.searchesApart ? readers.inventory : [...readers.inventory, ...readers.search];
  const files = new FileReader(own, profile);
  const selection = compileSelection(task.wishes);
  const { source, diffIdAlgorithm, isLowest } = task;
  const apart = task.searchesApart ? new SearchApart(task, own, files) : undefined;
  const read = apart ? apart.read.bind(apart) : files.read.bind(files);
  // The packed bytes' or the archive's own digest is verified: the sums inside the compressed format would add nothing.
  const options = { checkCrc: false, isLowest, ...(diffIdAlgorithm ? { diffIdAlgorithm } : {}) };
  try {
    const walk =
      source.kind === 'directory'
        ? await walkDirectory(source, selection, read)
        : await walkTarLayer(source, selection, read, options);
    const { costs, ...whole } = apart ? await apart.settle(walk) : { ...walk, costs: [] };
    const problems = [...whole.problems, ...files.problems()];
    return { ...whole, problems, ...(profile ? { costs: [...profile.costs(), ...costs] } : {}) };
  } finally {
    apart?.close();
  }
}

export function isComplete(report: LayerReport): boolean {
  return report.problems.every(({ effect }) => effect !== 'incomplete');
}
