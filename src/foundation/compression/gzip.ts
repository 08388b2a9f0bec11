import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import type { ByteStream, SyncByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { type CodecHandle, codecHandle } from './codec-handle.ts';
import { InputCursor } from './input-cursor.ts';
import { asDamagedInput, throughTransform } from './transform-stream.ts';

const NO_FLUSH = 0;
const FINISH = 4;
const OUTPUT_BYTES = 256 * 1024;

export interface GzipOptions {
  /** False skips the CRC of each member: for input whose own digest is verified, where it would only cost time. */
  readonly checkCrc?: boolean;
  /** False takes the slower way through public API only. */
  readonly useHandle?: boolean;
}

/** Unpacks gzip (RFC 1952): any number of members, as eStargz and concatenated files have, and zero padding after them. */
export function gzipStream(source: SyncByteStream, options: GzipOptions = {}): ByteStream {
  const handle = options.useHandle === false ? undefined : codecHandle(createInflateRaw());
  if (handle) return new GzipMembers(source, handle, options.checkCrc !== false);
  return throughTransform(source, createGunzip({ chunkSize: OUTPUT_BYTES }), 'gzip');
}

class GzipMembers implements ByteStream {
  readonly #input: InputCursor;
  readonly #handle: CodecHandle;
  readonly #checkCrc: boolean;
  readonly #output = Buffer.allocUnsafeSlow(OUTPUT_BYTES);
  #state: 'start' | 'member' | 'trailer' | 'between' | 'end' = 'start';
  #failure: unknown;
  #crc = 0;
  #memberBytes = 0;

  constructor(source: SyncByteStream, handle: CodecHandle, checkCrc: boolean) {
    this.#input = new InputCursor(source, 'gzip-truncated');
    this.#handle = handle;
    this.#checkCrc = checkCrc;
  }

  /** Fills the whole buffer where it can, so that what is aligned in the stream is aligned in the chunks. */
  read(): Uint8Array | undefined {
    if (this.#failure) throw this.#failure;
    let filled = 0;
    try {
      while (filled < this.#output.length && this.#state !== 'end') {
        if (this.#state === 'member') filled += this.#inflate(filled);
        else if (this.#state === 'trailer') this.#endMember();
        else this.#startMember();
      }
    } catch (error) {
      this.#failure = asDamagedInput(error, 'gzip');
      if (filled === 0) throw this.#failure;
    }
    return filled === 0 ? undefined : this.#output.subarray(0, filled);
  }

  close(): void {
    this.#handle.close();
  }

  #inflate(at: number): number {
    const input = this.#input;
    const more = input.fill();
    const given = input.end - input.at;
    const room = this.#output.length - at;
    this.#handle.run(more ? NO_FLUSH : FINISH, input.chunk, input.at, input.end, this.#output, at);
    const { consumed, produced } = this.#handle;
    input.at += consumed;
    this.#account(at, produced);
    // Inflate stops before its input is used up and its room is filled only at the end of a member.
    if (produced < room && (consumed < given || !more)) this.#state = 'trailer';
    return produced;
  }

  #account(at: number, produced: number): void {
    this.#memberBytes += produced;
    if (this.#checkCrc && produced > 0) this.#crc = crc32(this.#output.subarray(at, at + produced), this.#crc);
  }

  #endMember(): void {
    const crc = this.#input.uint32();
    const length = this.#input.uint32();
    if ((this.#checkCrc && crc !== this.#crc) || length !== this.#memberBytes % 2 ** 32) {
      throw new DamagedInput(
        'gzip-damaged',
        'The gzip data does not match its own checksum; fetch or write the file again.',
      );
    }
    this.#handle.reset();
    this.#crc = 0;
    this.#memberBytes = 0;
    this.#state = 'between';
  }

  #startMember(): void {
    const input = this.#input;
    if (this.#state === 'between' && (!input.fill() || input.peek() === 0)) {
      this.#state = 'end';
      return;
    }
    if (input.byte() !== 0x1f || input.byte() !== 0x8b || input.byte() !== 8) {
      throw this.#state === 'start'
        ? new DamagedInput('gzip-damaged', 'The data does not begin as gzip does.')
        : new DamagedInput('gzip-trailing-data', 'Something that is not gzip follows the gzip data; it was not read.');
    }
    skipHeader(input);
    this.#state = 'member';
  }
}

/** RFC 1952, 2.3: the rest of a member header after its magic and method. */
function skipHeader(input: InputCursor): void {
  const flags = input.byte();
  input.pass(6);
  if (flags & 0x04) input.pass(input.byte() + input.byte() * 256);
  if (flags & 0x08) input.passText();
  if (flags & 0x10) input.passText();
  if (flags & 0x02) input.pass(2);
}
