import { DamagedInput, type Problem, ProblemLog } from '#foundation/index.ts';
import type { FileWish } from './file-wish.ts';
import type { LayerChange, LayerLimits, ReadFile, WantedFile } from './layer-change.ts';

/** Keeps the changes of one layer in order, within bounds, and has wanted files read. */
export class ChangeRecorder<T> {
  readonly #read: ReadFile<T>;
  readonly #limits: LayerLimits;
  readonly #problems = new ProblemLog();
  readonly changes: LayerChange<T>[] = [];
  /** Paths with a change at or below them, as far as `replaces` has looked. */
  readonly #taken = new Set<string>();
  #lookedAt = 0;

  constructor(read: ReadFile<T>, limits: LayerLimits) {
    this.#read = read;
    this.#limits = limits;
  }

  /** Returns the change's place, for `replace`; -1 when there is no room left. */
  add(change: LayerChange<T>): number {
    if (this.changes.length >= this.#limits.maxChanges) {
      this.problem({
        code: 'layer-change-limit',
        message: `The layer changes more than ${this.#limits.maxChanges} paths of interest; the others were left out.`,
        effect: 'incomplete',
        subject: change.path,
      });
      return -1;
    }
    return this.changes.push(change) - 1;
  }

  /** True when an earlier change of this layer is at this path or below it. */
  replaces(path: string): boolean {
    for (; this.#lookedAt < this.changes.length; this.#lookedAt++) {
      let taken = this.changes[this.#lookedAt]?.path ?? '';
      for (; taken !== '' && !this.#taken.has(taken); taken = taken.slice(0, Math.max(0, taken.lastIndexOf('/'))))
        this.#taken.add(taken);
    }
    return this.#taken.has(path);
  }

  problem(problem: Problem): void {
    this.#problems.add(problem);
  }

  problems(): Problem[] {
    return this.#problems.list();
  }

  /** The wishes that a file of this size meets; for each of the others a problem is kept. */
  affordable(path: string, size: number, wishes: readonly FileWish[]): readonly FileWish[] {
    if (wishes.every((wish) => size <= wish.pattern.maxBytes)) return wishes;
    for (const wish of wishes) if (size > wish.pattern.maxBytes) this.problem(tooLarge(path, size, wish));
    return wishes.filter((wish) => size <= wish.pattern.maxBytes);
  }

  /** Keeps what was read of a file as the change at `index`. */
  replace(index: number, path: string, read: T | undefined): void {
    if (index >= 0 && read !== undefined) this.changes[index] = { kind: 'file', path, read };
  }

  /** What was read of a wanted file; `undefined` when it is damaged, which then is a problem, or when nobody found anything in it. */
  readWanted(file: WantedFile): T | undefined {
    try {
      return this.#read(file);
    } catch (error) {
      if (!(error instanceof DamagedInput)) throw error;
      this.problem({ code: error.code, message: error.message, effect: 'incomplete', subject: file.path });
      return undefined;
    }
  }
}

function tooLarge(path: string, size: number, wish: FileWish): Problem {
  if (wish.pattern.kind === 'content') {
    const message = `Files larger than ${wish.pattern.maxBytes} bytes were not looked through (${wish.reader}).`;
    return { code: 'file-too-large-to-search', message, effect: 'degraded', subject: path };
  }
  return {
    code: 'file-too-large',
    message: `A file of ${size} bytes is larger than the ${wish.pattern.maxBytes} bytes that are read of it at most; it was left out.`,
    effect: 'incomplete',
    subject: path,
  };
}
