import type { Severity } from '#model/index.ts';

export const exposures = ['internet', 'internal', 'unknown'] as const;

/** From where an asset can be reached. */
export type Exposure = (typeof exposures)[number];

/** How many days there are to fix something. Null: no date. */
export interface SlaPolicy {
  readonly days: Readonly<Record<Severity, Readonly<Record<Exposure, number | null>>>>;
  /** What attackers are known to use has at most these, whatever its severity. */
  readonly exploited: Readonly<Record<Exposure, number | null>>;
}

/** Of which nobody has said otherwise. What is not known to be shut off counts as reachable only halfway. */
export const defaultSla: SlaPolicy = {
  days: {
    critical: { internet: 7, internal: 15, unknown: 15 },
    high: { internet: 30, internal: 30, unknown: 30 },
    medium: { internet: 60, internal: 90, unknown: 90 },
    low: { internet: 180, internal: 180, unknown: 180 },
    info: { internet: null, internal: null, unknown: null },
    unknown: { internet: 30, internal: 90, unknown: 90 },
  },
  exploited: { internet: 3, internal: 14, unknown: 7 },
};

export interface SlaFacts {
  readonly severity: Severity;
  readonly exposure: Exposure;
  readonly isExploited: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

/** How many days there are. Undefined: no date. */
export function slaDays(policy: SlaPolicy, { severity, exposure, isExploited }: SlaFacts): number | undefined {
  const given = [policy.days[severity][exposure], ...(isExploited ? [policy.exploited[exposure]] : [])];
  const days = given.filter((one) => one !== null);
  return days.length === 0 ? undefined : Math.min(...days);
}

/** When it has to be fixed, from the time that it was first seen or opened again. Undefined: no date. */
export function dueDate(policy: SlaPolicy, facts: SlaFacts, from: Date): Date | undefined {
  const days = slaDays(policy, facts);
  return days === undefined ? undefined : new Date(from.getTime() + days * DAY_MS);
}
