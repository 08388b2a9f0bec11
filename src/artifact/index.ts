export * from './artifact.ts';
export { dockerAddress, firstSocket } from './docker/address.ts';
export {
  type AnchorHit,
  type ContentClass,
  compileSelection,
  contentClass,
  type FileWish,
  type InputFile,
  type Json,
  type LayerChange,
  type LayerWalk,
  type PathPattern,
  presentedPath,
  type Reader,
  type ReadFile,
  type Reading,
  type Selection,
  type TarLayerOptions,
  type TarLayerSource,
  type WantedFile,
  walkTarLayer,
} from './layers/index.ts';
export type { OpenOptions } from './open-options.ts';
export { parseReference, renderReference } from './reference/reference.ts';
export { parseChallenges } from './registry/challenge.ts';
export type { RegistryOptions } from './registry/options.ts';
export { checkRealm } from './registry/realm.ts';
export {
  type AttachedDocument,
  type AttachmentKind,
  fetchReferrers,
  type Referrers,
  type ReferrersRequest,
} from './registry/referrers.ts';
export { digestOfTag, listTags } from './registry/tags.ts';
export { openTarget } from './target/open-target.ts';
export type { TargetError } from './target-error.ts';
export { type DirectorySource, walkDirectory } from './tree/index.ts';
