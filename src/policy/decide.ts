import type { FindingBase } from '#model/index.ts';
import { applyVex, type VexContext, type VexStatement } from '#vulnerability/index.ts';
import { applyBaseline, type Baseline } from './baseline/baseline.ts';
import { applyExceptions, type Decided } from './exceptions/apply.ts';
import type { Exception } from './exceptions/exception.ts';

/** All that may have been decided about the findings of one artifact. */
export interface Decisions {
  readonly vex?: readonly VexStatement[];
  readonly exceptions?: readonly Exception[];
  /** With the file that it was read from. */
  readonly baseline?: { readonly value: Baseline; readonly statedIn: string };
}

export interface DecisionContext extends VexContext {
  /** ISO date, or date and time. */
  readonly today: string;
}

/**
 * Sets the decision of each finding that something was decided about: first what publishers and analysts stated (VEX), then the
 * exceptions of whoever scans, which may close what VEX leaves open, then the baseline. What is closed is not decided again.
 */
export function decide<F extends FindingBase>(
  findings: readonly F[],
  { vex, exceptions, baseline }: Decisions,
  context: DecisionContext,
): Decided<F> {
  const steps: ((before: readonly F[]) => Decided<F>)[] = [
    ...(vex ? [(before: readonly F[]) => applyVex(before, vex, context)] : []),
    ...(exceptions
      ? [
          (before: readonly F[]) =>
            applyExceptions(before, exceptions, {
              artifact: [...context.names, ...context.digests],
              today: context.today,
            }),
        ]
      : []),
    ...(baseline ? [(before: readonly F[]) => applyBaseline(before, baseline.value, baseline.statedIn)] : []),
  ];
  return steps.reduce<Decided<F>>(
    (before, step) => {
      const { findings: decided, problems } = step(before.findings);
      return { findings: decided, problems: [...before.problems, ...problems] };
    },
    { findings, problems: [] },
  );
}
