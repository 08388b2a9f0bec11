import { z } from 'zod';
import { type Severity, severities } from '#model/index.ts';

const tier = z.strictObject({
  /** How long an exception may hold. */
  maxDays: z.int().min(1).max(3650),
  /** People other than the requester who have to approve. 0: whoever may triage decides alone, for as long. */
  approvals: z.int().min(0).max(3),
});

export const exceptionPolicy = z.strictObject({
  tiers: z.strictObject({
    critical: tier,
    high: tier,
    medium: tier,
    low: tier,
    info: tier,
    unknown: tier,
  }),
  /** Days before the end on which people are reminded; from the first on it is `expiring`. */
  remindDays: z.array(z.int().min(1).max(90)).min(1).max(10),
});

/** How long exceptions may hold and who has to approve them, by the worst severity that they are for. */
export type ExceptionPolicy = z.infer<typeof exceptionPolicy>;

export const defaultExceptionPolicy: ExceptionPolicy = {
  tiers: {
    critical: { maxDays: 14, approvals: 1 },
    high: { maxDays: 30, approvals: 1 },
    medium: { maxDays: 90, approvals: 1 },
    low: { maxDays: 180, approvals: 1 },
    info: { maxDays: 365, approvals: 0 },
    // Nobody knows how bad it is: as if it were bad.
    unknown: { maxDays: 30, approvals: 1 },
  },
  remindDays: [14, 7, 1],
};

/** From worst to least. What is not known counts as high. */
const WORST_FIRST = ['critical', 'high', 'unknown', 'medium', 'low', 'info'] as const satisfies readonly Severity[];

/** Undefined of none. */
export function worstOf(found: Iterable<Severity>): Severity | undefined {
  const all = new Set(found);
  return WORST_FIRST.find((severity) => all.has(severity));
}

/** Those that an exception for this worst severity is for: what turns out to be worse is not hidden by it. */
export function notWorseThan(worst: Severity): readonly Severity[] {
  return severities.filter((severity) => WORST_FIRST.indexOf(severity) >= WORST_FIRST.indexOf(worst));
}

export function latestEnd({ tiers }: ExceptionPolicy, worst: Severity, from: Date): Date {
  return new Date(from.getTime() + tiers[worst].maxDays * DAY_MS);
}

export const DAY_MS = 86_400_000;
