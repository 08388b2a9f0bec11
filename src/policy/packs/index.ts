/** Policies that the program brings, those of files and directories, and the tests of both. */
export { type PackedPolicy, packedPolicies, policiesNamed } from './content.ts';
export type { PolicyDescription } from './description.ts';
export { type LoadedPolicies, loadPolicies, policiesIn, readText } from './load.ts';
export { type PolicyPack, policyPacks } from './pack.ts';
