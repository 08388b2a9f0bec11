export type * from './evidence.ts';
export { contentAt, fileAt, modeOf } from './file-at.ts';
export { EvidenceMissing, type Known, known, missing, need } from './known.ts';
export { parseEvidence } from './parse.ts';
export { renderEvidence } from './render.ts';
