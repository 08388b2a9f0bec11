import { type Problem, ProblemLog } from '#foundation/index.ts';
import type { FeedRecord } from '../advisory-source.ts';
import { asLine } from './json-values.ts';

/** Counts what a parser had to leave or could not use, to be given back at the end: 40,000 bad records are one line. */
export class RecordTally {
  readonly #log = new ProblemLog();

  /** `subject` is the first example: a record's id or file name, as the publisher wrote it. */
  add(code: string, effect: Problem['effect'], message: string, subject: string | undefined): void {
    const shown = asLine(subject, 160);
    this.#log.add({ code, effect, message, ...(shown === undefined ? {} : { subject: shown }) });
  }

  records(): FeedRecord[] {
    return this.#log.list().map((problem) => ({ kind: 'problem', problem }));
  }
}

/** What a parser gives when the document as a whole is unusable; `cause` is whatever reading it threw. */
export function failure(document: { readonly name: string }, cause: unknown): FeedRecord {
  const words = cause instanceof Error ? cause.message : String(cause);
  return { kind: 'failure', message: `${document.name}: ${words.slice(0, 300)}` };
}
