export { fetchMirrorAdvisories, type MirrorAdvisories, type NotCovered } from './fetch-mirror-advisories.ts';
