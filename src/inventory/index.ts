export * from './cataloger.ts';
export { catalogers } from './catalogers/index.ts';
export { normalisedName as pythonPackageName } from './catalogers/python-requirement.ts';
export { type DetectedDistribution, detectDistribution, distributionFiles } from './distribution/index.ts';
export { withoutEmbeddedRepeats } from './embedded-repeats.ts';
export * from './inventory.ts';
export { licenceTextReader, withTextLicences } from './licence-texts/index.ts';
export { byIdentity } from './package-order.ts';
export * from './sbom/index.ts';
