import type { Control } from '../control.ts';

/** The whole catalogue, a file for each family. */
export const controls: readonly Control[] = [];
