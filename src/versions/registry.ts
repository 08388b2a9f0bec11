import { apk } from './schemes/apk/index.ts';
import { deb } from './schemes/deb/index.ts';
import { rpm } from './schemes/rpm/index.ts';
import type { VersionScheme } from './version-scheme.ts';

/** Every scheme there is; adding one is a folder under `schemes/` and a line here. */
export const versionSchemes = [apk, deb, rpm] as const satisfies readonly VersionScheme[];

const schemesById: ReadonlyMap<string, VersionScheme> = new Map(versionSchemes.map((scheme) => [scheme.id, scheme]));

/** The scheme with this id (`deb`), or undefined when there is none: the caller reports its versions as not evaluated. */
export function versionScheme(id: string): VersionScheme | undefined {
  return schemesById.get(id);
}
