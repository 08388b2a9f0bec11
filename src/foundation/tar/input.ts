import type { ByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { asBuffer, type FileContent } from '../bytes/file-content.ts';
import { BLOCK } from './block.ts';

const EMPTY = Buffer.alloc(0);

/** The archive as the walker reads it: blocks in place, bodies passed over or handed out piece by piece. */
export class TarInput {
  readonly #stream: ByteStream;
  readonly #onChunk: ((chunk: Uint8Array) => void) | undefined;
  #chunk: Buffer = EMPTY;
  #at = 0;
  /** Bytes of the stream before the next unread one. */
  position = 0;
  /** Where the block that was read last lies: in the chunk itself wherever possible. */
  block: Buffer = EMPTY;
  blockAt = 0;

  /** `onChunk` sees all bytes in order; bodies are then read instead of passed over. */
  constructor(stream: ByteStream, onChunk?: (chunk: Uint8Array) => void) {
    this.#stream = stream;
    this.#onChunk = onChunk;
  }

  /** Puts the next block into `block`; true when that needed no waiting. False says nothing yet: ask `readBlock`. */
  nextBlock(): boolean {
    if (this.#chunk.length - this.#at < BLOCK) return false;
    this.block = this.#chunk;
    this.blockAt = this.#at;
    this.#advance(BLOCK);
    return true;
  }

  /** The slow way over the border of two chunks. False at the end of the stream. */
  async readBlock(): Promise<boolean> {
    if (this.#at >= this.#chunk.length && !(await this.#refill())) return false;
    if (this.nextBlock()) return true;
    const parts: Buffer[] = [];
    await this.take(BLOCK, (piece) => parts.push(Buffer.from(piece)));
    this.block = Buffer.concat(parts);
    this.blockAt = 0;
    return true;
  }

  /** Passes over bytes that lie in the chunk at hand; false when they do not. */
  passInChunk(length: number): boolean {
    if (this.#chunk.length - this.#at < length) return false;
    this.#advance(length);
    return true;
  }

  /** The next bytes where they lie in the chunk at hand as a whole; valid until the chunk is used up. */
  takeInChunk(length: number): Buffer | undefined {
    if (this.#chunk.length - this.#at < length) return undefined;
    const bytes = this.#chunk.subarray(this.#at, this.#at + length);
    this.#advance(length);
    return bytes;
  }

  async pass(length: number): Promise<void> {
    let rest = length - this.#passRest(length);
    while (rest > 0) {
      const skipped = this.#onChunk ? 0 : (this.#stream.skip?.(rest) ?? 0);
      this.position += skipped;
      rest -= skipped;
      if (rest === 0) return;
      if (!(await this.#refill())) throw truncated();
      rest -= this.#passRest(rest);
    }
  }

  /** Hands out the next `length` bytes in pieces that are valid during the call only. */
  async take(length: number, use: (piece: Buffer) => void): Promise<void> {
    let rest = length;
    while (rest > 0) {
      if (this.#at >= this.#chunk.length && !(await this.#refill())) throw truncated();
      const piece = this.#chunk.subarray(this.#at, this.#at + rest);
      use(piece);
      this.#advance(piece.length);
      rest -= piece.length;
    }
  }

  /** The next bytes without their being used up; fewer only at the end of the stream. */
  peek(length: number): Buffer | Promise<Buffer> {
    const seen = this.view(length);
    if (seen) return asBuffer(seen.bytes());
    if (this.#chunk.length - this.#at >= length) return this.#chunk.subarray(this.#at, this.#at + length);
    return this.#peekBeyond(length);
  }

  /** Joins what is left of the chunk with the next ones. */
  async #peekBeyond(length: number): Promise<Buffer> {
    let joined = Buffer.from(this.#chunk.subarray(this.#at));
    while (joined.length < length && (await this.#refill())) joined = Buffer.concat([joined, this.#chunk]);
    this.#chunk = joined;
    this.#at = 0;
    return joined.subarray(0, length);
  }

  /** The next bytes where the stream can show them without their being read. */
  view(length: number): FileContent | undefined {
    return this.#onChunk ? undefined : this.#stream.view?.(this.position, length);
  }

  /** Reads to the end and says whether anything but zeros was there. */
  async drain(): Promise<{ readonly garbage: boolean }> {
    let garbage = false;
    for (;;) {
      garbage ||= this.#chunk.subarray(this.#at).some((byte) => byte !== 0);
      this.#advance(this.#chunk.length - this.#at);
      if (!(await this.#refill())) return { garbage };
    }
  }

  close(): void {
    this.#stream.close();
  }

  #passRest(length: number): number {
    const passed = Math.min(length, this.#chunk.length - this.#at);
    this.#advance(passed);
    return passed;
  }

  #advance(length: number): void {
    this.#at += length;
    this.position += length;
  }

  async #refill(): Promise<boolean> {
    const next = this.#stream.read();
    const chunk = next instanceof Promise ? await next : next;
    this.#chunk = chunk ? asBuffer(chunk) : EMPTY;
    this.#at = 0;
    if (chunk) this.#onChunk?.(chunk);
    return chunk !== undefined && chunk.length > 0;
  }
}

function truncated(): DamagedInput {
  return new DamagedInput('tar-truncated', 'The archive ends in the middle of an entry; fetch or write it again.');
}
