import { damaged } from './damaged.ts';

const TOP = 0x1000000;
const PROBABILITY_BITS = 11;
const PROBABILITY_ONE = 1 << PROBABILITY_BITS;
const MOVE_BITS = 5;
const HEADER_BYTES = 5;

/**
 * The arithmetic decoder below LZMA. `range` and `code` are kept as signed 32-bit integers, which the engine stores
 * without boxing; they mean unsigned values. Loops work on local copies because this is where the time goes.
 *
 * Reading past the end of the input gives zeros and is found out by `finished`: one check a chunk instead of one a byte.
 */
export class RangeDecoder {
  #input: Uint8Array = new Uint8Array(0);
  #position = 0;
  #range = 0;
  #code = 0;

  start(input: Uint8Array): void {
    if (input.length < HEADER_BYTES || input[0] !== 0) throw damaged('bad start of an LZMA chunk');
    this.#input = input;
    this.#position = HEADER_BYTES;
    this.#range = -1;
    this.#code =
      ((input[1] as number) << 24) | ((input[2] as number) << 16) | ((input[3] as number) << 8) | (input[4] as number);
  }

  /** Whether exactly the whole input was used and the arithmetic came out even. */
  finished(): boolean {
    if (this.#range >>> 0 < TOP) this.#shift();
    return this.#position === this.#input.length && this.#code === 0;
  }

  #shift(): void {
    this.#range <<= 8;
    this.#code = (this.#code << 8) | this.#next();
  }

  #next(): number {
    const position = this.#position++;
    return position < this.#input.length ? (this.#input[position] as number) : 0;
  }

  bit(probabilities: Uint16Array, index: number): number {
    if (this.#range >>> 0 < TOP) this.#shift();
    const probability = probabilities[index] as number;
    const bound = Math.imul(this.#range >>> PROBABILITY_BITS, probability);
    if (this.#code >>> 0 < bound >>> 0) {
      this.#range = bound;
      probabilities[index] = probability + ((PROBABILITY_ONE - probability) >>> MOVE_BITS);
      return 0;
    }
    this.#range = (this.#range - bound) | 0;
    this.#code = (this.#code - bound) | 0;
    probabilities[index] = probability - (probability >>> MOVE_BITS);
    return 1;
  }

  /** `bits` bits, most significant first, each modelled by the ones before it. */
  tree(probabilities: Uint16Array, base: number, bits: number): number {
    const input = this.#input;
    let range = this.#range;
    let code = this.#code;
    let symbol = 1;
    const limit = 1 << bits;
    while (symbol < limit) {
      if (range >>> 0 < TOP) {
        range <<= 8;
        const position = this.#position++;
        code = (code << 8) | (position < input.length ? (input[position] as number) : 0);
      }
      const index = base + symbol;
      const probability = probabilities[index] as number;
      const bound = Math.imul(range >>> PROBABILITY_BITS, probability);
      if (code >>> 0 < bound >>> 0) {
        range = bound;
        probabilities[index] = probability + ((PROBABILITY_ONE - probability) >>> MOVE_BITS);
        symbol <<= 1;
      } else {
        range = (range - bound) | 0;
        code = (code - bound) | 0;
        probabilities[index] = probability - (probability >>> MOVE_BITS);
        symbol = (symbol << 1) | 1;
      }
    }
    this.#range = range;
    this.#code = code;
    return symbol - limit;
  }

  /** A literal after a match: modelled by the byte that stands at the match distance for as long as the two agree. */
  matchedLiteral(probabilities: Uint16Array, base: number, matchByte: number): number {
    let symbol = 1;
    let match = matchByte;
    while (symbol < 0x100) {
      const matchBit = (match >>> 7) & 1;
      match <<= 1;
      const bit = this.bit(probabilities, base + ((1 + matchBit) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (bit !== matchBit) break;
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.bit(probabilities, base + symbol);
    return symbol & 0xff;
  }

  /** `bits` bits, least significant first. */
  reverseTree(probabilities: Uint16Array, base: number, bits: number): number {
    let symbol = 1;
    let value = 0;
    for (let index = 0; index < bits; index += 1) {
      const bit = this.bit(probabilities, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  /** `bits` (at most 26) bits without a model, most significant first. */
  directBits(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; left -= 1) {
      if (this.#range >>> 0 < TOP) this.#shift();
      this.#range >>>= 1;
      const below = this.#code >>> 0 < this.#range >>> 0;
      if (!below) this.#code = (this.#code - this.#range) | 0;
      value = (value << 1) | (below ? 0 : 1);
    }
    return value;
  }
}
