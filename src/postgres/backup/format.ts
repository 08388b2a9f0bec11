import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';

/**
 * What a backup consists of, inside Zstandard: the header as JSON, then the rows of each table in its order as COPY has them, then the
 * SHA-256 of all before. Everything but the last comes in pieces of a length (four bytes, big-endian) and that many bytes; an empty piece
 * ends the header and each table.
 */
export const BACKUP_FORMAT = 1;

export interface BackupHeader {
  readonly format: typeof BACKUP_FORMAT;
  /** Of the Plimsoll that wrote it. */
  readonly version: string;
  readonly createdAt: string;
  /** All that the database had been through, in order. */
  readonly migrations: readonly string[];
  /** Whom others refer to comes before them. */
  readonly tables: readonly BackedTable[];
  readonly sequences: readonly BackedSequence[];
}

export interface BackedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface BackedSequence {
  readonly name: string;
  readonly last: number;
  readonly isCalled: boolean;
}

const PIECE = 256 * 1024;
const DIGEST = 32;

/** What is wrong with a file that should be a backup. The message completes "The backup cannot be restored: ...". */
export class BackupProblem extends Error {}

/** Writes pieces and waits while the stream is full. */
export class PieceWriter {
  readonly #sink: Writable;
  readonly #hash = createHash('sha256');

  constructor(sink: Writable) {
    this.#sink = sink;
  }

  /** One section: header or table. */
  async section(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of gathered(chunks)) await this.#piece(chunk);
    await this.#piece(Buffer.alloc(0));
  }

  async end(): Promise<void> {
    await this.#write(this.#hash.digest());
  }

  async #piece(content: Buffer): Promise<void> {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    const piece = Buffer.concat([length, content]);
    this.#hash.update(piece);
    await this.#write(piece);
  }

  #write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#sink.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }
}

/** Rows come one by one from the server: together they are fewer pieces, and one that is very long is several. */
async function* gathered(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PIECE) {
      const part = chunk.subarray(start, start + PIECE);
      if (size + part.length > PIECE) {
        yield Buffer.concat(parts);
        [parts, size] = [[], 0];
      }
      parts.push(part);
      size += part.length;
    }
  }
  if (size > 0) yield Buffer.concat(parts);
}

/** Reads what `PieceWriter` wrote. */
export class PieceReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #hash = createHash('sha256');
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  async *section(): AsyncGenerator<Buffer> {
    for (;;) {
      const head = await this.#take(4);
      const length = head.readUInt32BE();
      if (length > PIECE) throw new BackupProblem('it is damaged, or no backup of Plimsoll');
      const content = await this.#take(length);
      this.#hash.update(head).update(content);
      if (length === 0) return;
      yield content;
    }
  }

  /** Throws unless all that was read is what was written, and nothing follows. */
  async end(): Promise<void> {
    const digest = await this.#take(DIGEST);
    if (!digest.equals(this.#hash.digest())) throw new BackupProblem('it is damaged: its checksum is another');
    if (this.#rest.length > 0 || (await this.#chunks.next()).done !== true)
      throw new BackupProblem('it is damaged: something follows its end');
  }

  async #take(length: number): Promise<Buffer> {
    const parts = [this.#rest];
    let size = this.#rest.length;
    while (size < length) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new BackupProblem('it is cut off');
      parts.push(next.value);
      size += next.value.length;
    }
    const all = Buffer.concat(parts);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }
}
