import type { Check, CheckHit } from '../check.ts';

export type ImageConfigCheck = Check<'image-config'>;

/** What the checks here have in common. */
export function imageConfigCheck(check: Omit<ImageConfigCheck, 'subject' | 'maturity'>): ImageConfigCheck {
  return { subject: 'image-config', maturity: 'stable', ...check };
}

/** A hit whose line is the number of a build step. */
export function hitAtStep(step: number, message: string): CheckHit {
  return { message, position: { line: step, column: 1 } };
}

/** An example: a configuration with the parts that matter. */
export function example(config: object, history: readonly string[] = [], created?: string): string {
  const steps = history.map((createdBy) => ({ created_by: createdBy }));
  const rootfs = { type: 'layers', diff_ids: [] };
  return JSON.stringify({ ...(created !== undefined && { created }), config, history: steps, rootfs });
}
