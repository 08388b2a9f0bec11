export type { TarEntry, TarEntryKind } from './entry.ts';
export { leavesRoot, normalisePath, pathText } from './text.ts';
export {
  defaultTarLimits,
  type TarLimits,
  type TarVisitor,
  type TarWalk,
  type TarWalkOptions,
  walkTar,
} from './walk.ts';
