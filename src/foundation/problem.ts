/**
 * Something that was met and could not be read, evaluated or kept. Problems travel with every result so that
 * nothing is dropped in silence: an answer with an `incomplete` problem is never a clean answer.
 */
export interface Problem {
  /** Stable, kebab-case, greppable: `tar-truncated`, `version-unreadable`. */
  readonly code: string;
  /** A sentence for the user: what happened and, where there is something to do, what to do next. */
  readonly message: string;
  /** What it means for the answer. `incomplete`: something may be missing from it. `degraded`: all there, but less precise. `note`: worth knowing. */
  readonly effect: 'incomplete' | 'degraded' | 'note';
  /** Path inside the artifact (no leading slash), feed name, URL or reference that the problem is about. */
  readonly subject?: string;
  /** How many times it happened; 1 when absent. */
  readonly count?: number;
}

/** Merges problems with the same code and message into one with a count; keeps the first subject as the example. */
export function mergeProblems(problems: Iterable<Problem>): Problem[] {
  const log = new ProblemLog();
  for (const problem of problems) log.add(problem);
  return log.list();
}

/** Collects problems as they occur; a million of one kind take the space of one. */
export class ProblemLog {
  readonly #merged = new Map<string, Problem>();

  add(problem: Problem): void {
    const key = `${problem.effect}\0${problem.code}\0${problem.message}`;
    const known = this.#merged.get(key);
    this.#merged.set(key, known ? { ...known, count: (known.count ?? 1) + (problem.count ?? 1) } : problem);
  }

  list(): Problem[] {
    return [...this.#merged.values()];
  }
}
