import { buildStepChecks } from './build-steps.ts';
import type { ImageConfigCheck } from './image-config-check.ts';
import { runTimeChecks } from './run-time.ts';

export const imageConfigChecks: readonly ImageConfigCheck[] = [...runTimeChecks, ...buildStepChecks];
