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

/** Adds up what was asked of one document after the other. */
export class ChecksTally {
  readonly #byCheck = new Map<string, { passed: number; failed: number; notApplicable: number }>();
  readonly #notAssessed: NotAssessed[] = [];
  #documents = 0;
  #evaluated = 0;
  #failed = 0;

  add(evaluation: ChecksEvaluation): void {
    const { passed, failed, notApplicable, notAssessed } = evaluation;
    for (const answer of answers) for (const id of evaluation[answer]) this.#of(id)[answer]++;
    if (passed.length + failed.length + notApplicable.length > 0) this.#documents++;
    this.#evaluated += passed.length + failed.length;
    this.#failed += failed.length;
    this.#notAssessed.push(...notAssessed);
  }

  #of(id: string) {
    const known = this.#byCheck.get(id);
    if (known !== undefined) return known;
    const tally = { passed: 0, failed: 0, notApplicable: 0 };
    this.#byCheck.set(id, tally);
    return tally;
  }

  total(): ChecksSummary {
    return {
      documents: this.#documents,
      evaluated: this.#evaluated,
      failed: this.#failed,
      byCheck: Object.fromEntries([...this.#byCheck].sort(([a], [b]) => compareTexts(a, b))),
      notAssessed: this.#notAssessed,
    };
  }
}
