import type { Engine } from './engine.ts';

/** In the order in which they are asked. */
export const engines: readonly Engine[] = [];
