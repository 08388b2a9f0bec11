import type { Problem } from '#foundation/index.ts';
import { type Decision, type FindingBase, isClosing } from '#model/index.ts';
import { type Subject, subjectOf } from '../subject.ts';
import type { Exception } from './exception.ts';

export interface ExceptionContext {
  /** Every name that the artifact has: as the user wrote it, its references and tags, its digests. */
  readonly artifact: readonly string[];
  /** ISO date, or date and time. */
  readonly today: string;
}

export interface Decided<F> {
  /** The same findings in the same order. */
  readonly findings: readonly F[];
  readonly problems: readonly Problem[];
}

/** Days before its end from which on an exception is spoken of. */
const SOON_DAYS = 14;
const NAMED = 20;

/**
 * Sets the decision of each finding that an exception is for, unless something has closed it already. The first exception that
 * holds is the one that counts. What has expired closes nothing and is named; what was for nothing here is counted.
 */
export function applyExceptions<F extends FindingBase>(
  findings: readonly F[],
  exceptions: readonly Exception[],
  { artifact, today }: ExceptionContext,
): Decided<F> {
  const date = today.slice(0, 10);
  const applicable = exceptions.filter(
    ({ image }) => image === undefined || artifact.some((name) => image.matches(name)),
  );
  const index = new ExceptionIndex(applicable);
  const uses = new Map<Exception, Use>(applicable.map((exception) => [exception, { closed: 0, expired: 0, fixed: 0 }]));
  const decided = findings.map((finding) => {
    if (finding.decision && isClosing(finding.decision)) return finding;
    const exception = firstThatHolds(finding, index, uses, date);
    return exception === undefined ? finding : { ...finding, decision: decisionOf(exception) };
  });
  return { findings: decided, problems: notes(uses, date) };
}

/** How often an exception closed something, would have but for its date, and would have but for a fix. */
interface Use {
  closed: number;
  expired: number;
  fixed: number;
}

function firstThatHolds(
  finding: FindingBase,
  index: ExceptionIndex,
  uses: ReadonlyMap<Exception, Use>,
  date: string,
): Exception | undefined {
  const subject = subjectOf(finding);
  for (const exception of index.candidates(subject)) {
    if (!exception.criteria.every((holds) => holds(subject))) continue;
    const use = uses.get(exception);
    if (isExpired(exception, date)) {
      if (use) use.expired += 1;
    } else if (exception.untilFix && subject.vulnerability?.state === 'fixed') {
      if (use) use.fixed += 1;
    } else {
      if (use) use.closed += 1;
      return exception;
    }
  }
  return undefined;
}

function isExpired({ expires }: Exception, date: string): boolean {
  return expires !== undefined && expires <= date;
}

function decisionOf(exception: Exception): Decision {
  const { state, reason, justification, author, approvedBy, expires, statedIn } = exception;
  const by = [author, approvedBy && `approved by ${approvedBy}`].filter(Boolean).join(', ');
  return {
    source: 'exception',
    state,
    reason,
    ...(justification !== undefined && { justification }),
    ...(by !== '' && { author: by }),
    ...(expires !== undefined && { expires }),
    statedIn,
  };
}

/** Exceptions by exact id where they have one, so that thousands of them do not cost a look each for every finding. */
class ExceptionIndex {
  readonly #byId = new Map<string, number[]>();
  readonly #others: number[] = [];
  readonly #all: readonly Exception[];

  constructor(all: readonly Exception[]) {
    this.#all = all;
    for (const [position, { exactIds }] of all.entries()) {
      if (exactIds === undefined) this.#others.push(position);
      for (const id of exactIds ?? []) {
        const known = this.#byId.get(id);
        if (known) known.push(position);
        else this.#byId.set(id, [position]);
      }
    }
  }

  /** In the order in which they were written. */
  candidates({ ids }: Subject): Exception[] {
    const positions = new Set([...ids.flatMap((id) => this.#byId.get(id.toLowerCase()) ?? []), ...this.#others]);
    return [...positions].sort((a, b) => a - b).flatMap((position) => this.#all[position] ?? []);
  }
}

function notes(uses: ReadonlyMap<Exception, Use>, date: string): Problem[] {
  const all = [...uses];
  const expired = all.filter(([exception]) => isExpired(exception, date));
  const fixed = all.filter(([, use]) => use.fixed > 0);
  const soon = all.filter(
    ([exception, use]) =>
      use.closed > 0 &&
      exception.expires !== undefined &&
      !isExpired(exception, date) &&
      exception.expires <= later(date),
  );
  const unused = all.filter(
    ([exception, use]) => use.closed + use.expired + use.fixed === 0 && !isExpired(exception, date),
  );
  return [
    ...each(expired, 'exception-expired', ([exception, use]) => {
      const effect =
        use.expired === 0 ? 'it matches nothing here' : `it no longer closes ${count(use.expired, 'finding')}`;
      return `The exception ${called(exception)} has expired on ${exception.expires}: ${effect}. Renew it or remove it.`;
    }),
    ...each(fixed, 'exception-fixable', ([exception, use]) => {
      return `The exception ${called(exception)} held until there was a fix: there is one for ${count(use.fixed, 'finding')}.`;
    }),
    ...each(soon, 'exception-expires-soon', ([exception, use]) => {
      return `The exception ${called(exception)} expires on ${exception.expires} and closes ${count(use.closed, 'finding')}.`;
    }),
    ...(unused.length === 0 ? [] : [unusedNote(unused.map(([exception]) => exception))]),
  ];
}

/** A note for each, up to a number that somebody reads; the rest is counted. */
function each(uses: readonly [Exception, Use][], code: string, say: (use: [Exception, Use]) => string): Problem[] {
  const named = uses.slice(0, NAMED).map((use): Problem => ({ code, message: say(use), effect: 'note' }));
  const rest = uses.length - named.length;
  return rest === 0
    ? named
    : [...named, { code, message: 'Further exceptions of this kind are not named.', effect: 'note', count: rest }];
}

function unusedNote(unused: readonly Exception[]): Problem {
  const examples = unused.slice(0, 5).map(called).join(', ');
  const more = unused.length > 5 ? ', …' : '';
  const message = `${count(unused.length, 'exception')} for nothing that was found here: ${examples}${more}`;
  return { code: 'exceptions-unused', message, effect: 'note' };
}

function called({ name, statedIn }: Exception): string {
  return `${name.slice(0, 120)} (${statedIn.slice(-160)})`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function later(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + SOON_DAYS * 86_400_000).toISOString().slice(0, 10);
}
