import { Readable, Writable } from 'node:stream';
import type { Connection, Submittable } from 'pg';

/** What pg has for COPY and its types do not tell of. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

/** `client.query(new CopyOut('copy ... to stdout'))` is a stream of what it says. No more is taken from the server than is read. */
export class CopyOut extends Readable implements Submittable {
  readonly #statement: string;
  #connection: Connection | undefined;
  #isOver = false;

  constructor(statement: string) {
    super();
    this.#statement = statement;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#statement);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  /** The chunk is a part of a buffer that pg uses again. */
  handleCopyData({ chunk }: { readonly chunk: Buffer }, { stream }: Connection): void {
    if (!this.push(Buffer.from(chunk))) stream.pause();
  }

  /** Nobody reads the rest, and until it is read the connection is of no use. */
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isOver) this.#connection?.stream.destroy();
    done(error);
  }

  /** After the end nobody reads, and the server still says that it is ready for the next statement. */
  handleCommandComplete(_: unknown, { stream }: Connection): void {
    this.#isOver = true;
    stream.resume();
    this.push(null);
  }

  handleError(error: Error): void {
    this.#isOver = true;
    this.destroy(error);
  }

  handleReadyForQuery(): void {
    // The next statement is sent by pg itself.
  }
}

/** `client.query(new CopyIn('copy ... from stdin'))` is a stream to write to; it has finished when the server has taken all. */
export class CopyIn extends Writable implements Submittable {
  readonly #statement: string;
  readonly #connection: Promise<CopyConnection>;
  readonly #isReady: (connection: CopyConnection) => void;
  #finish: (() => void) | undefined;
  #isOver = false;

  constructor(statement: string) {
    super();
    this.#statement = statement;
    const { promise, resolve } = Promise.withResolvers<CopyConnection>();
    this.#connection = promise;
    this.#isReady = resolve;
  }

  submit(connection: Connection): void {
    connection.query(this.#statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#isReady(connection);
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    void this.#connection.then((connection) => {
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) connection.stream.once('drain', done);
      else done();
    });
  }

  override _final(done: () => void): void {
    this.#finish = done;
    void this.#connection.then((connection) => connection.endCopyFrom());
  }

  /** What is written to it ended with an error: the server, which waits for more, is told, or no statement would follow. */
  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#isOver) void this.#connection.then((connection) => connection.sendCopyFail('the source failed'));
    done(error);
  }

  handleCommandComplete(): void {
    this.#isOver = true;
    this.#finish?.();
  }

  handleError(error: Error): void {
    this.#isOver = true;
    this.destroy(error);
  }

  handleReadyForQuery(): void {
    // The next statement is sent by pg itself.
  }
}
