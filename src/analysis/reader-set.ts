import type { Reader } from '#artifact/index.ts';
import type { CheckSettings } from '#checks/index.ts';
import { type Cataloger, licenceTextReader } from '#inventory/index.ts';
import type { MalwareSettings } from '#malware/index.ts';
import type { SecretSettings } from '#secrets/index.ts';
import { distributionReader } from './readers.ts';

/** What is looked for beside packages, and how. Plain data: it crosses threads and is part of cache keys. */
export interface SearchSettings {
  /** Absent: secrets are not looked for. */
  readonly secrets?: SecretSettings;
  /** Absent: malware is not looked for. */
  readonly malware?: MalwareSettings;
  /** Absent: configuration is not checked. */
  readonly checks?: CheckSettings;
}

/** Everybody who reads files in an analysis. */
export interface ReaderSet {
  /** For the inventory, as the finished tree shows the files. */
  readonly inventory: readonly Reader[];
  /** For what is wrong in any layer. */
  readonly search: readonly Reader[];
}

/** The searching readers are loaded only where something is looked for: their rules take as much memory as all else in a thread. */
export async function readerSet(catalogers: readonly Cataloger[], search: SearchSettings): Promise<ReaderSet> {
  return {
    inventory: [...catalogers, distributionReader, licenceTextReader],
    search: isSearching(search) ? (await import('./search-readers.ts')).searchReaders(search) : [],
  };
}

export function isSearching(search: SearchSettings): boolean {
  return Object.keys(search).length > 0;
}
