const MAX_BYTES = 16 * 1024 * 1024;

/** Unpacked blocks of all shards of a database, the least recently used dropped first: neighbouring look-ups share blocks. */
export class BlockCache {
  /** In order of use. */
  readonly #blocks = new Map<string, string>();
  readonly #owners = new Map<object, number>();
  #bytes = 0;

  /** The block `name` of `owner`, read when it is not at hand. */
  get(owner: object, name: string, read: () => string): string {
    const key = `${this.#number(owner)}${name}`;
    const known = this.#blocks.get(key);
    if (known !== undefined) {
      this.#blocks.delete(key);
      this.#blocks.set(key, known);
      return known;
    }
    const block = read();
    this.#blocks.set(key, block);
    this.#bytes += block.length;
    this.#shrink(key);
    return block;
  }

  #number(owner: object): number {
    const number = this.#owners.get(owner) ?? this.#owners.size;
    this.#owners.set(owner, number);
    return number;
  }

  #shrink(keep: string): void {
    for (const [key, block] of this.#blocks) {
      if (this.#bytes <= MAX_BYTES || key === keep) return;
      this.#blocks.delete(key);
      this.#bytes -= block.length;
    }
  }
}
