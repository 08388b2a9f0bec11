export type { AdvisoryPolicy } from './advisories.ts';
export { loadAttestations } from './attestations/load.ts';
export { type Attestation, parseAttestations } from './attestations/parse.ts';
export { type AuditRequest, auditReport, clusterReport } from './audit.ts';
export type { DecisionPolicy } from './decisions.ts';
export type { PolicyRequest } from './judge.ts';
export * from './report.ts';
export {
  parseSavedReport,
  readSavedReport,
  type SavedFinding,
  type SavedReport,
  savedReportOf,
} from './saved-report.ts';
export {
  diffPackages,
  type PackageChange,
  type PackageDifference,
  packageChanges,
  type SbomDiff,
} from './sbom-diff.ts';
export { type ScanFailure, type ScanProgress, type ScanRequest, scan } from './scan.ts';
export { allScanners, type Scanner } from './scanner.ts';
