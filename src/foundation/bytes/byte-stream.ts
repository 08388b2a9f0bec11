import { readSync } from 'node:fs';
import { descriptorContent, type FileContent, memoryContent } from './file-content.ts';

/** Bytes that come one chunk after the other, pulled by the reader. */
export interface ByteStream {
  /**
   * The next chunk, `undefined` at the end. It is valid until the next call: chunks share one buffer. Throws `DamagedInput`.
   * A promise only where the platform forces it, so that the usual case costs no turn of the event loop.
   */
  read(): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Passes over up to `length` bytes without producing them and says how many; 0 when they must be read. */
  skip?(length: number): number;
  /** Content at a place of the stream without reading up to it, where the source allows that. */
  view?(position: number, length: number): FileContent;
  close(): void;
}

/** A stream that never needs to wait. */
export interface SyncByteStream extends ByteStream {
  read(): Uint8Array | undefined;
}

export function memoryStream(bytes: Uint8Array): SyncByteStream {
  let position = 0;
  return {
    read() {
      if (position >= bytes.length) return undefined;
      const rest = bytes.subarray(position);
      position = bytes.length;
      return rest;
    },
    skip(length) {
      const passed = Math.min(length, bytes.length - position);
      position += passed;
      return passed;
    },
    view: (start, length) => memoryContent(bytes.subarray(start, start + length)),
    close: () => undefined,
  };
}

/** A part of an open file. */
export interface FileSlice {
  readonly descriptor: number;
  readonly offset: number;
  readonly length: number;
}

const SMALLEST_WINDOW = 16 * 1024;
const LARGEST_WINDOW = 512 * 1024;

/**
 * Reads a part of an open file. The window is small after a skip, because the next header is all that is wanted there, and
 * doubles while the reading goes on without skips. The descriptor stays the caller's to close.
 */
export function fileStream(file: FileSlice): SyncByteStream {
  const end = file.offset + file.length;
  let position = file.offset;
  let window = SMALLEST_WINDOW;
  let buffer = Buffer.allocUnsafeSlow(SMALLEST_WINDOW);
  return {
    read() {
      const wanted = Math.min(window, end - position);
      if (wanted > buffer.length) buffer = Buffer.allocUnsafeSlow(window);
      const count = wanted > 0 ? readSync(file.descriptor, buffer, 0, wanted, position) : 0;
      if (count === 0) return undefined;
      position += count;
      window = Math.min(window * 2, LARGEST_WINDOW);
      return buffer.subarray(0, count);
    },
    skip(length) {
      const passed = Math.min(length, end - position);
      position += passed;
      window = SMALLEST_WINDOW;
      return passed;
    },
    view: (start, length) =>
      descriptorContent(file.descriptor, file.offset + start, Math.max(0, Math.min(length, file.length - start))),
    close: () => undefined,
  };
}
