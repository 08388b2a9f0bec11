import { asBuffer } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';

/** Larger than any real header; rpm itself refuses at 256 MiB. */
export const MAX_HEADER_BYTES = 64 * 1024 * 1024;

/** No header is shorter. What a record costs at least, so that a hostile page full of empty records comes to an end. */
const LEAST_BYTES = 32;

/**
 * Bytes that a reader may still hand out. The headers of an honest database do not overlap, so together they are never
 * longer than its file; a hostile one lets thousands of records share one long chain of pages.
 */
export class ByteBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** False when `bytes` are more than what is left. */
  take(bytes: number): boolean {
    this.#left -= Math.max(bytes, LEAST_BYTES);
    return this.#left >= 0;
  }

  get exhausted(): boolean {
    return this.#left < 0;
  }
}

/** What a reader of a database form yields: a header's bytes, or why one could not be read. */
export type Item = { readonly blob: Buffer } | { readonly broken: string };

/** The bytes from `offset`, fewer where the file ends. Offsets come from the file itself and may lie anywhere. */
export function readAt(file: InputFile, offset: number, length: number): Buffer {
  return offset < file.size ? asBuffer(file.slice(offset, length)) : Buffer.alloc(0);
}
