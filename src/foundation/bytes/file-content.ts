import { readSync } from 'node:fs';
import { DamagedInput } from './damaged-input.ts';

/** Content of known size that is read at any place, wherever it lies. */
export interface FileContent {
  /** Bytes. */
  readonly size: number;
  /** The bytes from `offset`; shorter than `length` only at the end. Synchronous. */
  slice(offset: number, length: number): Uint8Array;
  /**
   * As `slice` of `target.length` bytes, but bytes that are not in memory yet are read into `target`, which spares the memory of a
   * fresh buffer for every slice of a large file. Valid until `target` is used again.
   */
  read(offset: number, target: Uint8Array): Uint8Array;
  /** The whole content. */
  bytes(): Uint8Array;
  /** The whole content as UTF-8; invalid sequences become U+FFFD. */
  text(): string;
}

/** Content that is in memory. Slices share its memory. */
export function memoryContent(bytes: Uint8Array): FileContent {
  return contentBySlices(bytes.length, (offset, length) => bytes.subarray(offset, offset + length));
}

/** The `size` bytes from `offset` of an open file. The descriptor stays the caller's to close. */
export function descriptorContent(descriptor: number, offset: number, size: number): FileContent {
  return contentByReading(size, (start, target) => readExactly(descriptor, offset + start, target));
}

/** Content that `readAt` reads into memory; `target` is as long as what is wanted, all of which lies inside the content. */
export function contentByReading(size: number, readAt: (start: number, target: Buffer) => Uint8Array): FileContent {
  return {
    ...contentBySlices(size, (start, length) => readAt(start, Buffer.allocUnsafe(length))),
    read(start, target) {
      const from = Math.min(Math.max(start, 0), size);
      return readAt(from, asBuffer(target.subarray(0, Math.min(target.length, size - from))));
    },
  };
}

/** Wraps a reader of slices that lie inside the content. */
export function contentBySlices(size: number, read: (offset: number, length: number) => Uint8Array): FileContent {
  const slice = (offset: number, length: number): Uint8Array => {
    const start = Math.min(Math.max(offset, 0), size);
    return read(start, Math.min(Math.max(length, 0), size - start));
  };
  const bytes = () => read(0, size);
  const readInto = (offset: number, target: Uint8Array) => slice(offset, target.length);
  return { size, slice, read: readInto, bytes, text: () => asBuffer(bytes()).toString('utf8') };
}

/** The same memory with Buffer's methods. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readExactly(descriptor: number, position: number, buffer: Buffer): Buffer {
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (count === 0)
      throw new DamagedInput(
        'file-shrank',
        'The file became shorter while it was read; read it again when nothing writes to it.',
      );
    filled += count;
  }
  return buffer;
}
