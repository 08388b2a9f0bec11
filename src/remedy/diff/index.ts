export { unifiedDiff } from './unified.ts';
