import type { Reader } from '#artifact/index.ts';
import { type CheckSettings, checkReader } from '#checks/index.ts';
import { type Cataloger, licenceTextReader } from '#inventory/index.ts';
import { type MalwareSettings, malwareReaders } from '#malware/index.ts';
import { type SecretSettings, secretReader } from '#secrets/index.ts';
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

/** Who reads files for the inventory, as the finished tree shows them. */
export function inventoryReaders(catalogers: readonly Cataloger[]): Reader[] {
  return [...catalogers, distributionReader, licenceTextReader];
}

/** Who looks for what is wrong in any layer, whether a container would still see the file or not. */
export function searchReaders({ secrets, malware, checks }: SearchSettings): Reader[] {
  return [
    ...(secrets ? [secretReader(secrets)] : []),
    ...(malware ? malwareReaders(malware) : []),
    ...(checks ? [checkReader] : []),
  ];
}

export function readersFor(catalogers: readonly Cataloger[], search: SearchSettings): Reader[] {
  return [...inventoryReaders(catalogers), ...searchReaders(search)];
}
