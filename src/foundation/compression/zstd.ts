import { constants, createZstdDecompress } from 'node:zlib';
import type { ByteStream, SyncByteStream } from '../bytes/byte-stream.ts';
import { type CodecHandle, codecHandle } from './codec-handle.ts';
import { InputCursor } from './input-cursor.ts';
import { asDamagedInput, throughTransform } from './transform-stream.ts';

const OUTPUT_BYTES = 256 * 1024;
/** 128 MiB, what `zstd` itself accepts by default: a frame may ask for that much memory and no more. */
const WINDOW_LOG_MAX = 27;

export interface ZstdOptions {
  /** False takes the slower way through public API only. */
  readonly useHandle?: boolean;
}

/** Unpacks zstd (RFC 8878): any number of frames, skippable ones passed over. */
export function zstdStream(source: SyncByteStream, options: ZstdOptions = {}): ByteStream {
  const codec = createZstdDecompress({
    chunkSize: OUTPUT_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
  });
  const handle = options.useHandle === false ? undefined : codecHandle(codec);
  return handle ? new ZstdFrames(source, handle) : throughTransform(source, codec, 'zstd');
}

class ZstdFrames implements ByteStream {
  readonly #input: InputCursor;
  readonly #handle: CodecHandle;
  readonly #output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  #failure: unknown;
  #ended = false;

  constructor(source: SyncByteStream, handle: CodecHandle) {
    this.#input = new InputCursor(source, 'zstd-truncated');
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
