export { debianSource } from './debian-source.ts';
export { type Digest, type DigestAlgorithm, digestAlgorithm, digestHex, parseDigest } from './digest.ts';
export type { Distribution, EndOfLife } from './distribution.ts';
export { type Decision, type DecisionState, type FileLocation, type FindingBase, isClosing } from './finding.ts';
export { selectsLabels } from './label-selector.ts';
export {
  hasLinkedFunction,
  hasLinkedPackage,
  LinkedSymbolCollector,
  type LinkedSymbols,
  linkedSymbols,
} from './linked-symbols.ts';
export {
  type InstalledPackage,
  isSystemPackage,
  type LanguagePackageType,
  type LayerOrigin,
  type Package,
  type PackageOrigin,
  type PackageScope,
  type PackageType,
  type PathList,
  packageType,
  pathList,
  pathsIn,
  type SystemPackageType,
  systemTypes,
} from './package.ts';
export {
  distributionFacts,
  distributionFromFacts,
  type Fact,
  type Facts,
  packageFacts,
  packageFromFacts,
} from './package-facts.ts';
export { formatPackageUrl, type PackageUrl, packageName, packageUrl, parsePackageUrl } from './package-url.ts';
export { isSeverity, type Severity, severities, severityRank } from './severity.ts';
export { parseSourceRpm } from './source-rpm.ts';
export type { Unit } from './unit.ts';
