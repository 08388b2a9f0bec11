export { unifiedDiff } from './diff/index.ts';
export type { ImageRegistry } from './editor.ts';
export { type FixPlan, planFixes } from './plan/index.ts';
export { proposeEdits } from './propose.ts';
export { planFormats } from './render/index.ts';
export { applyEdits, type FileEdit } from './workspace/index.ts';
