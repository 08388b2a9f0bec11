/** A small generator of pseudo-random numbers (sfc32): the same numbers for the same seed on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** Texts and numbers that together name the sequence. */
  constructor(...seed: readonly (string | number)[]) {
    const hash = hashOf(seed.join('\0'));
    this.#a = hash;
    this.#b = hashOf(`${hash} b`);
    this.#c = hashOf(`${hash} c`);
    for (let round = 0; round < 12; round++) this.uint32();
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** A whole number from 0 up to but not including `limit`; 0 when there is none. */
  below(limit: number): number {
    return limit <= 1 ? 0 : Math.floor((this.uint32() / 2 ** 32) * limit);
  }

  /** True once in `times`. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** Small numbers often, large ones up to `limit` now and then: most interesting changes are short. */
  length(limit: number): number {
    return 1 + this.below(Math.min(limit, 2 ** (1 + this.below(12))));
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  byte(): number {
    return this.uint32() >>> 24;
  }
}

/** FNV-1a with a finisher, so that neighbouring seeds give unlike sequences. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
