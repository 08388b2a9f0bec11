export { type Analysis, analyseImage, analyseTree } from './analyse.ts';
export type { AnalysisLimits, AnalysisOptions } from './analysis-options.ts';
export { cacheDirectory } from './cache-directory.ts';
export { type LayerCache, type LayerCacheOptions, openLayerCache } from './layer-cache.ts';
export { layerOrigins } from './layer-origin.ts';
export type { ReaderCost } from './profile.ts';
export type { SearchSettings } from './reader-set.ts';
