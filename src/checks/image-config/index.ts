import type { Check } from '../check.ts';

export const imageConfigChecks: readonly Check<'image-config'>[] = [];
