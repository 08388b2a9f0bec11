export { type ManifestObject, readManifest } from '#manifests/index.ts';
export { type AdmissionSet, evaluateAdmission, explainFailure, type Failure, type Verdict } from './evaluate.ts';
export { type BuiltInKinds, loadBuiltInKinds } from './kinds/built-in.ts';
export { KindCatalog } from './kinds/catalog.ts';
export { definedKinds } from './kinds/definitions.ts';
export { type LintOptions, lintPolicy, type PolicyLint } from './lint.ts';
export { isBinding, isPolicy, type PolicyFault, readBinding, readPolicy } from './policy.ts';
