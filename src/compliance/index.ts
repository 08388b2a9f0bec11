export { assessCompliance, type ComplianceEvidence } from './assess/compliance.ts';
export { foreignSubjects, loadAttestations } from './attestations/load.ts';
export { type AttestationList, parseAttestations } from './attestations/parse.ts';
export type { ComplianceFormat } from './formats/format.ts';
export { complianceFormats } from './formats/index.ts';
export { openCount } from './formats/wording.ts';
export * from './report.ts';
