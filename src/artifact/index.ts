export * from './artifact.ts';
export { type ImageReference, parseReference, renderReference } from './reference/reference.ts';
export type { RegistryOptions } from './registry/options.ts';
export { openTarget } from './target/open-target.ts';
export type { OpenOptions } from './target/options.ts';
export type { TargetError, TargetErrorCode } from './target-error.ts';
