import type { Problem } from '#foundation/index.ts';
import type { FeedRecord } from '../advisory-source.ts';

/**
 * Counts what a parser had to leave or could not use, by kind, with the first subject as the example, and gives it back as
 * problems at the end of the document: 40,000 bad records are one line, not 40,000.
 */
export class RecordTally {
  readonly #counts = new Map<string, { problem: Problem; count: number }>();

  add(code: string, effect: Problem['effect'], message: string, subject: string | undefined, count = 1): void {
    const known = this.#counts.get(code);
    if (known) known.count += count;
    else {
      const shown = subject === undefined ? {} : { subject: subject.slice(0, 160) };
      this.#counts.set(code, { problem: { code, effect, message, ...shown }, count });
    }
  }

  records(): FeedRecord[] {
    return [...this.#counts.values()].map(({ problem, count }) => ({
      kind: 'problem',
      problem: { ...problem, count },
    }));
  }
}

/** What a parser gives when the document as a whole is unusable; `cause` is whatever reading it threw. */
export function failure(document: { readonly name: string }, cause: unknown): FeedRecord {
  const words = cause instanceof Error ? cause.message : String(cause);
  return { kind: 'failure', message: `${document.name}: ${words.slice(0, 300)}` };
}
