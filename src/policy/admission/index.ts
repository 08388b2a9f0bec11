export { type ManifestObject, readManifest } from '#manifests/index.ts';
export { type AdmissionSet, evaluateAdmission, explainFailure, type Failure, type Verdict } from './evaluate.ts';
export { isBinding, isPolicy, type PolicyFault, readBinding, readPolicy } from './policy.ts';
