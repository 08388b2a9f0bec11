import type { Metric } from './metric.ts';

export const objectiveStates = ['on-track', 'at-risk', 'reached', 'missed', 'unknown'] as const;
export type ObjectiveState = (typeof objectiveStates)[number];

export interface ObjectivePlan {
  readonly better: Metric['better'];
  readonly baseline: number;
  readonly target: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface ObjectiveStanding {
  readonly state: ObjectiveState;
  /** Where it would be by now on a straight line from the baseline to the target. */
  readonly expected: number;
  /** 0 at the baseline, 1 at the target; may be beyond either. */
  readonly progress: number | null;
}

/** Behind the line by no more than this part of the way is still on track: weeks are not alike. */
const SLACK = 0.1;

/**
 * Where an objective stands. Until its date it is on track as long as the value is on the line from baseline to target or at most a tenth of
 * the way behind it, and at risk otherwise; at its date it is reached or missed. Without a value it is unknown.
 */
export function standingOfObjective(plan: ObjectivePlan, value: number | null, now: Date): ObjectiveStanding {
  const { baseline, target, startsAt, endsAt, better } = plan;
  const way = target - baseline;
  const elapsed = clamp((now.getTime() - startsAt.getTime()) / Math.max(1, endsAt.getTime() - startsAt.getTime()));
  const expected = baseline + way * elapsed;
  if (value === null) return { state: 'unknown', expected, progress: null };
  const isReached = better === 'lower' ? value <= target : value >= target;
  const progress = way === 0 ? (isReached ? 1 : 0) : (value - baseline) / way;
  if (now >= endsAt) return { state: isReached ? 'reached' : 'missed', expected, progress };
  return { state: isReached || progress >= elapsed - SLACK ? 'on-track' : 'at-risk', expected, progress };
}

function clamp(part: number): number {
  return Math.min(1, Math.max(0, part));
}
