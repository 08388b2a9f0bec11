import { asBuffer } from '#foundation/index.ts';

const CHUNK = 1 << 14;

/**
 * A file as text, in pieces: one character a byte, so that offsets are the same in both and no byte is lost. Neighbouring look-ups
 * share a piece; what nobody looks at is never converted.
 */
export class TextWindow {
  readonly #bytes: Buffer;
  #text = '';
  #start = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = asBuffer(bytes);
  }

  /** Makes `text` cover `before` bytes ahead of the offset and `after` behind it, as far as the file goes. */
  show(offset: number, before: number, after: number): void {
    const from = Math.max(0, offset - before);
    const to = Math.min(this.#bytes.length, offset + after);
    if (from >= this.#start && to <= this.#start + this.#text.length) return;
    this.#start = from;
    this.#text = this.#bytes.toString('latin1', from, Math.min(this.#bytes.length, Math.max(to, from + CHUNK)));
  }

  get text(): string {
    return this.#text;
  }

  /** Offset in the file of the first character of `text`. */
  get start(): number {
    return this.#start;
  }
}
