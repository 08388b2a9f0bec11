import { asBuffer } from '../bytes/index.ts';

/** Reads numbers from bytes. What lies outside is 0: headers are checked by what they say, not by where they end. */
export class Fields {
  readonly bytes: Buffer;
  readonly #isBigEndian: boolean;
  readonly #wordBytes: 4 | 8;

  constructor(bytes: Uint8Array, { isBigEndian, wordBytes }: { isBigEndian: boolean; wordBytes: 4 | 8 }) {
    this.bytes = asBuffer(bytes);
    this.#isBigEndian = isBigEndian;
    this.#wordBytes = wordBytes;
  }

  has(offset: number, length: number): boolean {
    return offset >= 0 && offset + length <= this.bytes.length;
  }

  u8(offset: number): number {
    return this.bytes[offset] ?? 0;
  }

  u16(offset: number): number {
    if (!this.has(offset, 2)) return 0;
    return this.#isBigEndian ? this.bytes.readUInt16BE(offset) : this.bytes.readUInt16LE(offset);
  }

  u32(offset: number): number {
    if (!this.has(offset, 4)) return 0;
    return this.#isBigEndian ? this.bytes.readUInt32BE(offset) : this.bytes.readUInt32LE(offset);
  }

  /** Inexact over 2^53: no file is so long, and no read goes there. */
  u64(offset: number): number {
    const [high, low] = this.#isBigEndian ? [offset, offset + 4] : [offset + 4, offset];
    return this.u32(high) * 2 ** 32 + this.u32(low);
  }

  /** A number as long as an address. */
  word(offset: number): number {
    return this.#wordBytes === 8 ? this.u64(offset) : this.u32(offset);
  }

  /** Printable ASCII up to a zero byte, at most `maxLength` characters; `?` for everything else. */
  text(offset: number, maxLength: number): string {
    return textIn(this.bytes, offset, maxLength);
  }
}

/** Printable ASCII of `bytes` from `offset` up to a zero byte, at most `maxLength` characters; `?` for everything else. */
export function textIn(bytes: Buffer, offset: number, maxLength: number): string {
  if (offset < 0 || offset >= bytes.length) return '';
  const limit = Math.min(bytes.length, offset + maxLength);
  let end = offset;
  while (end < limit && bytes[end] !== 0) end++;
  const text = bytes.toString('latin1', offset, end);
  return UNPRINTABLE.test(text) ? text.replace(/[^ -~]/g, '?') : text;
}

const UNPRINTABLE = /[^ -~]/;
