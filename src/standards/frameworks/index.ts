import type { Framework } from '../framework.ts';

/** Every framework, a file or folder for each. */
export const frameworks: readonly Framework[] = [];
