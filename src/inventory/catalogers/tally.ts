import type { Problem } from '#foundation/index.ts';

/**
 * Counts problems while they are met. A hostile file can hold millions of broken records; they take one entry a kind here,
 * with the first subject as the example.
 */
export class ProblemTally {
  readonly #known = new Map<string, Problem>();

  add(problem: Problem): void {
    const key = `${problem.code}\0${problem.message}`;
    const known = this.#known.get(key);
    this.#known.set(key, known ? { ...known, count: (known.count ?? 1) + (problem.count ?? 1) } : problem);
  }

  list(): Problem[] {
    return [...this.#known.values()];
  }
}
