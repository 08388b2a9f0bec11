import { compareTexts } from '#foundation/index.ts';
import type { ChecksEvaluation, NotAssessed } from './evaluate.ts';

/** What was asked of all documents together, so that a reader can tell "nothing wrong" from "nothing looked at". */
export interface ChecksSummary {
  /** Documents and configurations that were looked at. */
  readonly documents: number;
  /** Answers of checks, over all documents. */
  readonly evaluated: number;
  /** Of these, how many found something. */
  readonly failed: number;
  /** What each check that was asked said, by its id. A check that is not here was not asked. */
  readonly byCheck: Readonly<Record<string, CheckTally>>;
  readonly notAssessed: readonly NotAssessed[];
}

/** Numbers of documents by what one check said of them. */
export interface CheckTally {
  readonly passed: number;
  readonly failed: number;
  /** Its question did not arise. */
  readonly notApplicable: number;
}

const answers = ['passed', 'failed', 'notApplicable'] as const;

export function summariseChecks(evaluations: readonly ChecksEvaluation[]): ChecksSummary {
  const tallies = new Map<string, { passed: number; failed: number; notApplicable: number }>();
  for (const evaluation of evaluations)
    for (const answer of answers)
      for (const id of evaluation[answer]) {
        const tally = tallies.get(id) ?? { passed: 0, failed: 0, notApplicable: 0 };
        tally[answer]++;
        tallies.set(id, tally);
      }
  return {
    documents: evaluations.filter((one) => answers.some((answer) => one[answer].length > 0)).length,
    evaluated: evaluations.reduce((sum, { passed, failed }) => sum + passed.length + failed.length, 0),
    failed: evaluations.reduce((sum, { failed }) => sum + failed.length, 0),
    byCheck: Object.fromEntries([...tallies].sort(([a], [b]) => compareTexts(a, b))),
    notAssessed: evaluations.flatMap((one) => one.notAssessed),
  };
}
