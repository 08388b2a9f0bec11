import { z } from 'zod';

export const exposure = z.enum(['internet', 'internal', 'unknown']);

/** Members of what is kept as it was told. */
export function factsOf(facts: object | null): Record<string, unknown> {
  return { ...facts };
}
