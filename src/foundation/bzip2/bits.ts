import { damaged } from './damaged.ts';

/** Reads bits, the highest of each byte first. Throws `DamagedInput` past the end. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #buffer = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** At most 24 bits. */
  bits(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw damaged('it breaks off');
      this.#at += 1;
      this.#buffer = ((this.#buffer << 8) | byte) >>> 0;
      this.#count += 8;
    }
    this.#count -= count;
    const value = this.#buffer >>> this.#count;
    this.#buffer &= (1 << this.#count) - 1;
    return value;
  }

  bit(): number {
    return this.bits(1);
  }

  /** 32 bits, as a number without a sign. */
  word(): number {
    return this.bits(16) * 0x1_0000 + this.bits(16);
  }

  /** Passes over what is left of the byte; true when nothing follows. */
  alignToEnd(): boolean {
    this.#count -= this.#count % 8;
    this.#buffer &= (1 << this.#count) - 1;
    return this.#count === 0 && this.#at >= this.#bytes.length;
  }
}
