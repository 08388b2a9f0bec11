import {
  type ByteStream,
  type FileSlice,
  fileStream,
  memoryStream,
  type SyncByteStream,
} from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { descriptorContent } from '../bytes/file-content.ts';
import { COMPRESSION_MAGIC_BYTES, type Compression, detectCompression } from './detect.ts';
import { gzipStream } from './gzip.ts';
import { zstdStream } from './zstd.ts';

/** How far packed data may unfold. */
export interface UnpackLimits {
  /** Uncompressed bytes at most. */
  readonly maxBytes: number;
  /** Uncompressed bytes for each compressed one, looked at from `ratioFromBytes` on: small files may be all zeros. */
  readonly maxRatio: number;
  readonly ratioFromBytes: number;
}

export const defaultUnpackLimits: UnpackLimits = { maxBytes: 64 * 2 ** 30, maxRatio: 400, ratioFromBytes: 2 * 2 ** 30 };

export interface UnpackOptions {
  readonly limits?: UnpackLimits;
  /** See `GzipOptions`. */
  readonly checkCrc?: boolean;
  /** Sees every compressed chunk as it is read, e.g. to hash it or to show progress. Only for packed input: plain input is not read as a whole. */
  readonly onPacked?: (chunk: Uint8Array) => void;
}

export interface Unpacked {
  readonly compression: Compression;
  readonly stream: ByteStream;
}

/** The content of a file or a part of it, unpacked as its first bytes say. Throws `DamagedInput` for formats it cannot unpack. */
export function unpackFile(file: FileSlice, options: UnpackOptions = {}): Unpacked {
  const head = descriptorContent(file.descriptor, file.offset, Math.min(file.length, COMPRESSION_MAGIC_BYTES));
  return unpack(fileStream(file), detectCompression(head.bytes()), options);
}

/** The same for bytes in memory. */
export function unpackBytes(bytes: Uint8Array, options: UnpackOptions = {}): Unpacked {
  return unpack(memoryStream(bytes), detectCompression(bytes), options);
}

function unpack(source: SyncByteStream, compression: Compression, options: UnpackOptions): Unpacked {
  if (compression === 'none') return { compression, stream: source };
  const counted = countedSource(source, options.onPacked);
  const stream = decoder(counted.source, compression, options);
  return { compression, stream: limitedStream(stream, counted.count, options.limits ?? defaultUnpackLimits) };
}

function decoder(source: SyncByteStream, compression: Compression, options: UnpackOptions): ByteStream {
  if (compression === 'gzip') return gzipStream(source, { checkCrc: options.checkCrc !== false });
  if (compression === 'zstd') return zstdStream(source);
  throw new DamagedInput(
    'compression-unsupported',
    `The data is compressed with ${compression}, which is not read; repack it with gzip or zstd.`,
  );
}

function countedSource(
  source: SyncByteStream,
  onPacked?: (chunk: Uint8Array) => void,
): { source: SyncByteStream; count: () => number } {
  let count = 0;
  const read = () => {
    const chunk = source.read();
    if (chunk) {
      count += chunk.length;
      onPacked?.(chunk);
    }
    return chunk;
  };
  return { source: { read, close: () => source.close() }, count: () => count };
}

function limitedStream(stream: ByteStream, packedBytes: () => number, limits: UnpackLimits): ByteStream {
  let bytes = 0;
  const check = (chunk: Uint8Array | undefined) => {
    bytes += chunk?.length ?? 0;
    if (bytes > limits.maxBytes) {
      throw new DamagedInput(
        'unpack-limit',
        `The data unfolds to more than ${limits.maxBytes} bytes; reading stopped there.`,
      );
    }
    if (bytes > limits.ratioFromBytes && bytes > packedBytes() * limits.maxRatio) {
      throw new DamagedInput(
        'unpack-limit',
        `The data unfolds to more than ${limits.maxRatio} times its size, as decompression bombs do; reading stopped.`,
      );
    }
    return chunk;
  };
  return {
    read() {
      const chunk = stream.read();
      return chunk instanceof Promise ? chunk.then(check) : check(chunk);
    },
    close: () => stream.close(),
  };
}
