import type { Reader } from '#artifact/index.ts';
import { type Cataloger, licenceTextReader } from '#inventory/index.ts';
import { distributionReader } from './readers.ts';

/** What is looked for beside packages, and how. Plain data: it crosses threads and is part of cache keys. */
// biome-ignore lint/complexity/noBannedTypes: filled below
export type SearchSettings = {};

/** Everybody who reads files in an analysis. */
export function readersFor(catalogers: readonly Cataloger[], _search: SearchSettings): Reader[] {
  return [...catalogers, distributionReader, licenceTextReader];
}
