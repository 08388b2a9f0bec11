import { constants, createZstdDecompress } from 'node:zlib';
import type { ByteStream, SyncByteStream } from '../bytes/byte-stream.ts';
import { type CodecHandle, codecHandle } from './codec-handle.ts';
import { InputCursor } from './input-cursor.ts';
import { asDamagedInput, throughTransform } from './transform-stream.ts';
import { nextFrame } from './zstd-frames.ts';

const OUTPUT_BYTES = 256 * 1024;
/** 128 MiB, what `zstd` itself accepts by default: a frame may ask for that much memory and no more. */
const WINDOW_LOG_MAX = 27;

export interface ZstdOptions {
  /** False takes the slower way through public API only. */
  readonly useHandle?: boolean;
}

/** Unpacks zstd (RFC 8878): any number of frames, skippable ones passed over. */
export function zstdStream(source: SyncByteStream, options: ZstdOptions = {}): ByteStream {
  const input = new InputCursor(source, 'zstd-truncated');
  const codec = createCodec();
  const handle = options.useHandle === false ? undefined : codecHandle(codec);
  if (handle) return new ZstdFrames(input, handle);
  codec.destroy();
  return frameByFrame(input);
}

function createCodec() {
  return createZstdDecompress({
    chunkSize: OUTPUT_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
  });
}

/** Through public API each frame needs a stream of its own: a stream of Node ends after the first, without a word. */
function frameByFrame(input: InputCursor): ByteStream {
  let current: ByteStream | undefined;
  return {
    async read() {
      while (current || input.fill()) {
        current ??= throughTransform(chunksOf(nextFrame(input)), createCodec(), 'zstd');
        const chunk = await current.read();
        if (chunk) return chunk;
        current = undefined;
      }
      return undefined;
    },
    close: () => current?.close(),
  };
}

function chunksOf(chunks: Generator<Uint8Array>): SyncByteStream {
  return { read: () => chunks.next().value ?? undefined, close: () => undefined };
}

class ZstdFrames implements ByteStream {
  readonly #input: InputCursor;
  readonly #handle: CodecHandle;
  readonly #output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  #failure: unknown;
  #ended = false;

  constructor(input: InputCursor, handle: CodecHandle) {
    this.#input = input;
    this.#handle = handle;
  }

  read(): Uint8Array | undefined {
    if (this.#failure) throw this.#failure;
    let filled = 0;
    try {
      while (filled < this.#output.length && !this.#ended) filled += this.#decompress(filled);
    } catch (error) {
      this.#failure = asDamagedInput(error, 'zstd');
      if (filled === 0) throw this.#failure;
    }
    return filled === 0 ? undefined : this.#output.subarray(0, filled);
  }

  close(): void {
    this.#handle.close();
  }

  #decompress(at: number): number {
    const input = this.#input;
    const more = input.fill();
    const room = this.#output.length - at;
    this.#handle.run(
      more ? constants.ZSTD_e_continue : constants.ZSTD_e_end,
      input.chunk,
      input.at,
      input.end,
      this.#output,
      at,
    );
    const { consumed, produced } = this.#handle;
    input.at += consumed;
    if (!more && produced < room) this.#ended = true;
    return produced;
  }
}
