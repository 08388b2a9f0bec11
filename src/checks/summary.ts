import type { ChecksEvaluation, NotAssessed } from './evaluate.ts';

/** What was asked of all documents together, so that a reader can tell "nothing wrong" from "nothing looked at". */
export interface ChecksSummary {
  /** Documents and configurations that were looked at. */
  readonly documents: number;
  /** Answers of checks, over all documents. */
  readonly evaluated: number;
  /** Of these, how many found something. */
  readonly failed: number;
  /** How many documents the check's question did not arise for, by check id. */
  readonly notApplicable: Readonly<Record<string, number>>;
  readonly notAssessed: readonly NotAssessed[];
}

export function summariseChecks(evaluations: readonly ChecksEvaluation[]): ChecksSummary {
  const notApplicable = new Map<string, number>();
  for (const id of evaluations.flatMap((one) => one.notApplicable)) {
    notApplicable.set(id, (notApplicable.get(id) ?? 0) + 1);
  }
  return {
    documents: evaluations.filter((one) => one.evaluated + one.notApplicable.length > 0).length,
    evaluated: evaluations.reduce((sum, { evaluated }) => sum + evaluated, 0),
    failed: evaluations.reduce((sum, { failed }) => sum + failed, 0),
    notApplicable: Object.fromEntries([...notApplicable].sort(([a], [b]) => (a < b ? -1 : 1))),
    notAssessed: evaluations.flatMap((one) => one.notAssessed),
  };
}
