import type { ManifestVisitor } from '#checks/index.ts';
import type { Cataloger } from '#inventory/index.ts';
import { WORKER_MEMORY_MB } from './early-worker.ts';
import type { LayerCache } from './layer-cache.ts';
import type { SearchSettings } from './reader-set.ts';

export interface AnalysisOptions {
  readonly catalogers: readonly Cataloger[];
  /** What is looked for beside packages; nothing when absent. */
  readonly search?: SearchSettings;
  /** Is shown the objects of the manifests that are checked, without another reading of them; only where configuration is checked. */
  readonly visitManifests?: ManifestVisitor;
  /** Measures what each reader costs. */
  readonly profile?: boolean;
  readonly signal?: AbortSignal;
  /** Reports of earlier analyses; `none` when absent. */
  readonly cache?: LayerCache | 'none';
  /** Layers done, layers in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly limits?: Partial<AnalysisLimits>;
  /** Checks the stated digest of the uncompressed content also for compressed blobs whose own digest is verified. Costs about a third more time. */
  readonly verifyDiffIds?: boolean;
}

export interface AnalysisLimits {
  /** Threads at most; also bounded by processors and layers. */
  readonly maxWorkers: number;
  /** A layer that takes longer is given up. */
  readonly layerTimeoutMs: number;
  /** JavaScript memory of one thread, in megabytes. */
  readonly workerMemoryMb: number;
  /** Blobs that are fetched at the same time. */
  readonly maxFetches: number;
}

export const defaultAnalysisLimits: AnalysisLimits = {
  maxWorkers: 8,
  layerTimeoutMs: 10 * 60_000,
  workerMemoryMb: WORKER_MEMORY_MB,
  maxFetches: 3,
};
