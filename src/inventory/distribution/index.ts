export { type DetectedDistribution, detectDistribution, distributionFiles } from './detect.ts';
export { endOfLifeOf } from './end-of-life.ts';
