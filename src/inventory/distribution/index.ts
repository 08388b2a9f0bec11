export { type DetectedDistribution, detectDistribution, distributionFiles } from './detect.ts';
