import { EvaluationFault, type Value } from '../values/value.ts';

/** One evaluation under way. */
export interface Frame {
  readonly slots: (Value | undefined)[];
  /** What was spent so far: about one a step, more for long texts and lists. */
  cost: number;
  readonly costLimit: number;
  /** As `performance.now()` counts. */
  readonly deadline: number;
  /** Where in the text the last call stands, for the fault. */
  at: number;
}

/** A part of an expression made ready to run. */
export type Step = (frame: Frame) => Value;

/** Thrown through everything: `false && e` may not swallow it. */
export class BudgetFault extends Error {}

/** Between two looks at the clock; one step may be the comparison of two long lists. */
const CLOCK_EVERY = 0x3ff;

export function spend(frame: Frame, cost: number): void {
  const before = frame.cost;
  frame.cost = before + cost;
  if (frame.cost > frame.costLimit) throw new BudgetFault(`costs more than ${frame.costLimit} steps`);
  const isTimeToLook = (before & ~CLOCK_EVERY) !== (frame.cost & ~CLOCK_EVERY);
  if (isTimeToLook && performance.now() > frame.deadline) throw new BudgetFault('takes longer than it may');
}

/** What a value adds to the cost of a call that may read all of it. */
export function weightOf(value: Value): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length >> 4;
  return value instanceof Uint8Array ? value.length >> 4 : 0;
}

export function asFault(error: unknown): EvaluationFault {
  if (error instanceof EvaluationFault) return error;
  throw error;
}
