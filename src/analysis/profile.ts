/** What a reader cost: time, the files it was handed and their bytes. */
export interface ReaderCost {
  readonly reader: string;
  readonly ms: number;
  readonly files: number;
  readonly bytes: number;
}

/** The search for anchors on behalf of all readers stands for itself in a profile. */
export const ANCHOR_SEARCH = 'anchor-search';

/** Measures readers. Two clock readings a file are not for every run. */
export class Profile {
  readonly #costs = new Map<string, { ms: number; files: number; bytes: number }>();

  measure<T>(reader: string, bytes: number, work: () => T): T {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.#add({ reader, ms: performance.now() - started, files: 1, bytes });
    }
  }

  addAll(costs: readonly ReaderCost[]): void {
    for (const cost of costs) this.#add(cost);
  }

  /** Dearest first. */
  costs(): ReaderCost[] {
    return [...this.#costs].map(([reader, cost]) => ({ reader, ...cost })).sort((a, b) => b.ms - a.ms);
  }

  #add({ reader, ms, files, bytes }: ReaderCost): void {
    const known = this.#costs.get(reader);
    if (!known) this.#costs.set(reader, { ms, files, bytes });
    else {
      known.ms += ms;
      known.files += files;
      known.bytes += bytes;
    }
  }
}
