/** Calls back with every line of a text that arrives in pieces. Bytes become Latin-1: the fields read here are ASCII. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  readonly push = (chunk: Uint8Array): void => {
    // Small pieces make short-lived strings; a line cut out of one keeps the piece alive only as long as the line.
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      const bytes = Math.min(PIECE_BYTES, chunk.length - start);
      this.#take(Buffer.from(chunk.buffer, chunk.byteOffset + start, bytes).toString('latin1'));
    }
  };

  #take(piece: string): void {
    const text = this.#rest + piece;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      this.#onLine(text.slice(start, end));
      start = end + 1;
    }
    this.#rest = text.slice(start, start + MAX_LINE);
  }

  finish(): void {
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}

/** `Binary:` and dependency lists run to tens of thousands of characters. */
const MAX_LINE = 1 << 20;
const PIECE_BYTES = 32 << 10;
