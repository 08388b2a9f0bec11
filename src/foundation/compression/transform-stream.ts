import { Readable, type Transform } from 'node:stream';
import type { ByteStream, SyncByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { CodecError } from './codec-handle.ts';

/** Unpacks with a `node:zlib` stream through public API only: the way for a Node whose codec handles look different. */
export function throughTransform(source: SyncByteStream, codec: Transform, format: string): ByteStream {
  const input = Readable.from(copiedChunks(source), { objectMode: false, highWaterMark: 1 });
  input.on('error', (error) => codec.destroy(error));
  const chunks: AsyncIterator<Uint8Array> = input.pipe(codec)[Symbol.asyncIterator]();
  return {
    async read() {
      try {
        const next = await chunks.next();
        return next.done ? undefined : next.value;
      } catch (error) {
        throw asDamagedInput(error, format);
      }
    },
    close() {
      input.destroy();
      codec.destroy();
    },
  };
}

/** Turns a codec's complaint into a damage of the input; anything else passes as it is. */
export function asDamagedInput(error: unknown, format: string): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  const fromCodec = error instanceof CodecError || (typeof code === 'string' && /^(Z|ZSTD)_/.test(code));
  if (!fromCodec || !(error instanceof Error)) return error;
  if (code === 'Z_BUF_ERROR') {
    return new DamagedInput(
      `${format}-truncated`,
      'The compressed data ends too early; fetch or write the file again.',
    );
  }
  return new DamagedInput(
    `${format}-damaged`,
    `The ${format} data is damaged (${error.message}); fetch or write the file again.`,
    { cause: error },
  );
}

/** The transform may keep a chunk for later, while the source reuses its buffer. */
function* copiedChunks(source: SyncByteStream): Generator<Buffer> {
  for (let chunk = source.read(); chunk; chunk = source.read()) yield Buffer.from(chunk);
}
