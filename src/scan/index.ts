export type { AdvisoryPolicy } from './advisories.ts';
export * from './report.ts';
export { type ScanFailure, type ScanProgress, type ScanRequest, scan } from './scan.ts';
