export type { TarEntry, TarEntryKind } from './entry.ts';
export {
  type TarLimits,
  type TarVisitor,
  type TarWalk,
  type TarWalkOptions,
  walkTar,
} from './walk.ts';
