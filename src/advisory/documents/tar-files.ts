import { walkTar } from '#foundation/index.ts';
import type { AdvisoryDocument } from './document.ts';

export interface TarFile {
  readonly path: string;
  readonly bytes: Buffer;
}

export interface TarFileLimits {
  /** Of the whole archive, unpacked. */
  readonly maxBytes: number;
  /** A larger file is given without its content. */
  readonly maxFileBytes: number;
}

/**
 * The files of a tar archive whose path is wanted, in batches. The walk waits while a batch is looked at, so that an archive
 * of tens of gigabytes passes through the memory of one batch. Throws where the archive is damaged or breaks off.
 */
export async function* tarFiles(
  document: AdvisoryDocument,
  isWanted: (path: string) => boolean,
  limits: TarFileLimits,
): AsyncGenerator<readonly TarFile[]> {
  const chunks = document.stream(limits.maxBytes)[Symbol.asyncIterator]();
  const gate = new Gate();
  let batch: TarFile[] = [];
  const stream = {
    read: async () => {
      if (batch.length > 0) await gate.pass();
      const next = gate.isClosed ? undefined : await chunks.next();
      return next === undefined || next.done === true ? undefined : next.value;
    },
    close: () => undefined,
  };
  const visitor = {
    entry: ({ path, kind, size }: { path: string; kind: string; size: number }) => {
      if (kind !== 'file' || !isWanted(path)) return false;
      if (size <= limits.maxFileBytes) return true;
      batch.push({ path, bytes: Buffer.alloc(0) });
      return false;
    },
    body: ({ path }: { path: string }, content: { bytes(): Uint8Array }) => {
      batch.push({ path, bytes: Buffer.from(content.bytes()) });
    },
  };
  const walk = walkTar(stream, visitor).finally(() => gate.end());
  try {
    while (await gate.waiting()) {
      const full = batch;
      batch = [];
      yield full;
      gate.open();
    }
    const { problems, readToEnd } = await walk;
    const damage = problems.find(({ effect }) => effect === 'incomplete');
    if (damage !== undefined || !readToEnd) throw new Error(damage?.message ?? 'the archive breaks off');
    yield batch;
  } finally {
    gate.close();
    await walk.catch(() => undefined);
    await chunks.return?.();
  }
}

/** Lets the reader of the archive wait for whoever looks at its files, and the other way round. */
class Gate {
  isClosed = false;
  #isOver = false;
  #pass: (() => void) | undefined;
  #arrived: (() => void) | undefined;

  /** The reader: waits until the gate is opened. */
  pass(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#pass = resolve;
      this.#arrived?.();
    });
  }

  /** The other side: true once the reader waits, false once it is at its end. */
  async waiting(): Promise<boolean> {
    if (this.#pass === undefined && !this.#isOver)
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    this.#arrived = undefined;
    return this.#pass !== undefined;
  }

  open(): void {
    const pass = this.#pass;
    this.#pass = undefined;
    pass?.();
  }

  end(): void {
    this.#isOver = true;
    this.#arrived?.();
  }

  close(): void {
    this.isClosed = true;
    this.open();
  }
}
