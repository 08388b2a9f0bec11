export { assessmentOf } from './assessment.ts';
export { parseAsset } from './asset.ts';
export { exposuresOf } from './estate/exposure.ts';
export { clusterDocument, hostDocument } from './estate/schema.ts';
export type { IntakeFormat, UploadContext } from './format.ts';
export { submittedVulnerability } from './formats/plimsoll/finding.ts';
export { formats, parseUpload, readSubmission, submissionOf } from './read.ts';
