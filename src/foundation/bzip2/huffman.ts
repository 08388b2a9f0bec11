import type { BitReader } from './bits.ts';
import { damaged } from './damaged.ts';

const MAX_LENGTH = 20;

/** A canonical code: the shortest codes first, codes of one length in the order of their symbols. */
export class HuffmanTable {
  readonly #symbols: Uint16Array;
  /** By length: the largest code of it, and what to subtract from a code to get the place of its symbol. */
  readonly #limits = new Int32Array(MAX_LENGTH + 2).fill(-1);
  readonly #offsets = new Int32Array(MAX_LENGTH + 2);
  readonly #shortest: number;
  readonly #longest: number;

  constructor(lengths: Uint8Array) {
    this.#symbols = new Uint16Array(lengths.length);
    const counts = new Int32Array(MAX_LENGTH + 2);
    for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
    let code = 0;
    let place = 0;
    let shortest = MAX_LENGTH;
    let longest = 0;
    for (let length = 1; length <= MAX_LENGTH; length += 1) {
      const count = counts[length] ?? 0;
      if (count > 0) {
        shortest = Math.min(shortest, length);
        longest = length;
        for (let symbol = 0; symbol < lengths.length; symbol += 1)
          if (lengths[symbol] === length) this.#symbols[place++] = symbol;
        this.#offsets[length] = code - (place - count);
        code += count;
        this.#limits[length] = code - 1;
      }
      if (code > 1 << length) throw damaged('a code is longer than it can be');
      code <<= 1;
    }
    this.#shortest = shortest;
    this.#longest = longest;
  }

  read(bits: BitReader): number {
    let length = this.#shortest;
    let code = bits.bits(length);
    while (length <= this.#longest) {
      const limit = this.#limits[length] ?? -1;
      const symbol = code <= limit ? this.#symbols[code - (this.#offsets[length] ?? 0)] : undefined;
      if (symbol !== undefined) return symbol;
      code = (code << 1) | bits.bit();
      length += 1;
    }
    throw damaged('a code stands for nothing');
  }
}

/** Lengths are written as differences: `0` keeps, `10` adds one, `11` takes one away. */
export function readTable(bits: BitReader, symbols: number): HuffmanTable {
  const lengths = new Uint8Array(symbols);
  let length = bits.bits(5);
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    while (bits.bit() === 1) length += bits.bit() === 0 ? 1 : -1;
    if (length < 1 || length > MAX_LENGTH) throw damaged('a code has an impossible length');
    lengths[symbol] = length;
  }
  return new HuffmanTable(lengths);
}
