export { planFixes } from './plan/index.ts';
export { planFormats } from './render/index.ts';
