import type { Check } from '../check.ts';

export const dockerfileChecks: readonly Check<'dockerfile'>[] = [];
