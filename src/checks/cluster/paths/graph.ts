/** One step that somebody who has `from` takes to have `to`. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** What is done, and by which right or setting: `reads the token of shop/web, which is mounted`. */
  readonly how: string;
  /** How much luck or skill it takes; 0 for what follows by itself. */
  readonly weight: number;
  /** What takes the step away; absent where it is in the nature of things. */
  readonly cut?: Cut;
}

export interface Cut {
  /** The same for all steps that it takes away. */
  readonly id: string;
  /** What to do, as a sentence. */
  readonly what: string;
  /** What it costs those who work with the cluster, from 1. */
  readonly cost: number;
}

/** Footholds and the steps between them. */
export class StepGraph {
  readonly #steps = new Map<string, Step[]>();

  add(step: Step): void {
    const known = this.#steps.get(step.from);
    if (known) known.push(step);
    else this.#steps.set(step.from, [step]);
  }

  stepsFrom(foothold: string): readonly Step[] {
    return this.#steps.get(foothold) ?? [];
  }

  /**
   * The easiest way from a foothold to each that can be reached; of equal ways, the one with fewer steps.
   *
   * @param without a cut that is taken to be made
   */
  easiestFrom(start: string, without?: ReadonlySet<string>): EasiestWays {
    const best = new Map<string, { readonly cost: number; readonly by?: Step }>([[start, { cost: 0 }]]);
    const queue = new PriorityQueue();
    queue.push(start, 0);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const known = best.get(next.item);
      if (known === undefined || known.cost < next.cost) continue;
      for (const step of this.stepsFrom(next.item)) {
        if (step.cut && without?.has(step.cut.id)) continue;
        // A step counts a little, so that the shorter of two equal ways is told.
        const cost = next.cost + step.weight + 0.01;
        if (cost >= (best.get(step.to)?.cost ?? Number.POSITIVE_INFINITY)) continue;
        best.set(step.to, { cost, by: step });
        queue.push(step.to, cost);
      }
    }
    return new EasiestWays(best);
  }
}

class EasiestWays {
  readonly #best: ReadonlyMap<string, { readonly cost: number; readonly by?: Step }>;

  constructor(best: ReadonlyMap<string, { readonly cost: number; readonly by?: Step }>) {
    this.#best = best;
  }

  costTo(foothold: string): number | undefined {
    return this.#best.get(foothold)?.cost;
  }

  /** Steps in their order; undefined where it is not reached. */
  wayTo(foothold: string): readonly Step[] | undefined {
    if (!this.#best.has(foothold)) return undefined;
    const steps: Step[] = [];
    for (let step = this.#best.get(foothold)?.by; step !== undefined; step = this.#best.get(step.from)?.by)
      steps.push(step);
    return steps.reverse();
  }
}

interface Queued {
  readonly item: string;
  readonly cost: number;
}

/** A binary heap, smallest cost first. */
class PriorityQueue {
  readonly #heap: Queued[] = [];

  push(item: string, cost: number): void {
    const heap = this.#heap;
    let at = heap.push({ item, cost }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#cost(parent) <= this.#cost(at)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Queued | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (heap.length === 0 || last === undefined) return first;
    heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const smaller = this.#cost(left + 1) < this.#cost(left) ? left + 1 : left;
      if (this.#cost(at) <= this.#cost(smaller)) return first;
      this.#swap(at, smaller);
      at = smaller;
    }
  }

  #cost(at: number): number {
    return this.#heap[at]?.cost ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    const one = heap[a];
    const other = heap[b];
    if (one === undefined || other === undefined) return;
    heap[a] = other;
    heap[b] = one;
  }
}
