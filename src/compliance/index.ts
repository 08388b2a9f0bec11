export { assessCompliance, type ComplianceEvidence } from './assess/compliance.ts';
export { foreignSubjects, loadAttestations } from './attestations/load.ts';
export { type AttestationList, parseAttestations } from './attestations/parse.ts';
export * from './report.ts';
