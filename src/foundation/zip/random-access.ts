import { readSync } from 'node:fs';

/** Bytes that can be read at any place. Reads are synchronous: a zip of 50,000 small records is bound by call overhead, not by the disk. */
export interface RandomAccess {
  readonly size: number;
  /** The bytes at `offset`; fewer than `length` only where the input ends. Valid until the next read. */
  read(offset: number, length: number): Buffer;
}

export function bufferAccess(bytes: Buffer): RandomAccess {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** Reads from an open file; the caller keeps and closes the descriptor. `size` is what the caller measured when opening. */
export function fileAccess(descriptor: number, size: number): RandomAccess {
  let scratch = Buffer.allocUnsafe(64 * 1024);
  return {
    size,
    read(offset, length) {
      const wanted = Math.max(0, Math.min(length, size - offset));
      if (wanted > scratch.length) scratch = Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const count = readSync(descriptor, scratch, filled, wanted - filled, offset + filled);
        if (count === 0) break;
        filled += count;
      }
      return scratch.subarray(0, filled);
    },
  };
}
