import type { Problem } from '#foundation/index.ts';
import type { Distribution, InstalledPackage } from '#model/index.ts';

/** What is in an artifact, squashed: what a container started from it would see. */
export interface Inventory {
  readonly distribution?: Distribution;
  /** Sorted by type, name, version, architecture. */
  readonly packages: readonly InstalledPackage[];
  readonly problems: readonly Problem[];
  readonly statistics: InventoryStatistics;
}

export interface InventoryStatistics {
  readonly layers: number;
  /** Layers whose analysis came from the cache. */
  readonly cachedLayers: number;
  /** Archive or directory entries that were walked; cached layers count with what they had. */
  readonly entries: number;
  /** Uncompressed bytes walked over. */
  readonly bytes: number;
}
