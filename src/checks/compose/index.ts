export { composeChecks } from './checks.ts';
export { type ComposeFile, composeFileOf, isCompose } from './file/compose-file.ts';
