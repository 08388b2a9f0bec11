import type { SyncByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';

const EMPTY = new Uint8Array(0);

/** Packed input, chunk by chunk, with reads of single bytes between the codec's runs. */
export class InputCursor {
  readonly #source: SyncByteStream;
  readonly #truncated: string;
  chunk: Uint8Array = EMPTY;
  /** Position of the next byte in `chunk`. */
  at = 0;

  /** `truncated` is the code of the problem when the input ends too early. */
  constructor(source: SyncByteStream, truncated: string) {
    this.#source = source;
    this.#truncated = truncated;
  }

  get end(): number {
    return this.chunk.length;
  }

  /** Makes sure that there is a next byte; false at the end of the input. */
  fill(): boolean {
    while (this.at >= this.chunk.length) {
      this.chunk = this.#source.read() ?? EMPTY;
      this.at = 0;
      if (this.chunk.length === 0) return false;
    }
    return true;
  }

  peek(): number {
    if (!this.fill())
      throw new DamagedInput(this.#truncated, 'The compressed data ends too early; fetch or write the file again.');
    return this.chunk[this.at] ?? 0;
  }

  byte(): number {
    const byte = this.peek();
    this.at++;
    return byte;
  }

  /** Little-endian. */
  uint32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  pass(count: number): void {
    for (let rest = count; rest > 0; rest--) this.byte();
  }

  /** Passes over a text that ends with a zero byte. */
  passText(): void {
    while (this.byte() !== 0);
  }
}
