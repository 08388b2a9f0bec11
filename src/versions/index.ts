export { versionScheme, versionSchemes } from './registry.ts';
export type { CompareOptions, MissingEpoch, Ordering, VersionScheme } from './version-scheme.ts';
