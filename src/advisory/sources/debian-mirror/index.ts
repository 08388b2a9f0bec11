export { fetchMirrorAdvisories, type MirrorAdvisories } from './fetch-mirror-advisories.ts';
export type { NotCovered } from './judge.ts';
