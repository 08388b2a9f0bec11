export type { ConstraintDialect, ConstraintOptions } from './constraint.ts';
export { constraintDialects, parseConstraint } from './dialect-registry.ts';
export { installedForm } from './installed-forms.ts';
export { schemeOfPackages } from './package-scheme.ts';
export { versionScheme, versionSchemes } from './registry.ts';
export type { CompareOptions, MissingEpoch, Ordering, VersionScheme } from './version-scheme.ts';
