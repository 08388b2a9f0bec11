export { type ManifestObject, readManifest } from '#manifests/index.ts';
export { authorizeByRoles } from './access.ts';
export {
  type AdmissionSet,
  evaluateAdmission,
  explainFailure,
  type Failure,
  unjudgeable,
  type Verdict,
} from './evaluate.ts';
export { type BuiltInKinds, loadBuiltInKinds } from './kinds/built-in.ts';
export { KindCatalog } from './kinds/catalog.ts';
export { definedKinds } from './kinds/definitions.ts';
export { type BindingLint, type LintOptions, lintBindings, lintPolicy, missingFrom, type PolicyLint } from './lint.ts';
export { isBinding, isMutating, isPolicy, type PolicyFault, readBinding, readPolicy } from './policy.ts';
export type { AdmissionOptions, Operation, RequestUser } from './request.ts';
