export { type AptConfiguration, readAptConfiguration } from './apt/configuration.ts';
export {
  fetchMirrorAdvisories,
  type MirrorAdvisories,
  type MirrorProgress,
  type MirrorRequest,
  type NotCovered,
} from './fetch-mirror-advisories.ts';
