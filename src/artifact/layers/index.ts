export { contentClass } from './content-class.ts';
export { type ContentClass, type FileWish, type PathPattern, presentedPath } from './file-wish.ts';
export type { LayerChange, LayerWalk, ReadFile, WantedFile } from './layer-change.ts';
export type { AnchorHit, InputFile, Json, Reader, Reading } from './reader.ts';
export { compileSelection, type Selection } from './selection.ts';
export { type TarLayerOptions, type TarLayerSource, walkTarLayer } from './tar-layer.ts';
