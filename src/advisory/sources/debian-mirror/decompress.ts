import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { decodeXz, err, ok, type Result } from '#foundation/index.ts';

/** File name endings that can be read. Old archives also have `.bz2` and `.lzma`; those count as not served. */
export const compressions = ['', '.gz', '.xz', '.zst'] as const;
export type Compression = (typeof compressions)[number];

export function compressionOf(name: string): Compression | undefined {
  if (name.endsWith('.tar')) return '';
  return compressions.find((ending) => ending !== '' && name.endsWith(ending));
}

/** Hands the decompressed bytes on in pieces that are valid during the call only; refuses to make more than `maxBytes`. */
export async function decompress(
  bytes: Uint8Array,
  compression: Compression,
  maxBytes: number,
  write: (chunk: Uint8Array) => void,
  signal: AbortSignal,
): Promise<Result<void>> {
  if (compression === '') {
    write(bytes);
    return ok(undefined);
  }
  if (compression === '.xz') {
    const decoded = await decodeXz(bytes, { maxOutputBytes: maxBytes }, write, signal);
    return decoded.ok ? ok(undefined) : decoded;
  }
  let left = maxBytes;
  try {
    const decoder = compression === '.gz' ? createGunzip() : createZstdDecompress();
    for await (const chunk of Readable.from([bytes], { objectMode: false, signal }).pipe(decoder)) {
      left -= chunk.length;
      if (left < 0) return err(`it is more than ${maxBytes} bytes when unpacked`);
      write(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    return err(`it cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`);
  }
  return ok(undefined);
}
