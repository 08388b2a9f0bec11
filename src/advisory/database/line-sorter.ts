import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const RUN_BYTES = 8 * 1024 * 1024;
const WRITE_BYTES = 1024 * 1024;
const READ_BYTES = 256 * 1024;

/**
 * Sorts any number of lines in bounded memory: runs of 32 MB are sorted and put aside on disk, then merged. Lines hold one
 * byte a character and no newline, and come back in byte order.
 */
export class LineSorter {
  readonly #directory: string;
  readonly #runBytes: number;
  readonly #runs: string[] = [];
  #lines: string[] = [];
  #bytes = 0;

  constructor(directory: string, runBytes = RUN_BYTES) {
    this.#directory = directory;
    this.#runBytes = runBytes;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#bytes += line.length;
    if (this.#bytes >= this.#runBytes) this.#putAside();
  }

  *sorted(): Generator<string> {
    this.#lines.sort();
    if (this.#runs.length === 0) {
      yield* this.#lines;
      return;
    }
    const sources = [...this.#runs.map(readRun), this.#lines.values()];
    yield* merge(sources);
  }

  /** Removes the runs. */
  discard(): void {
    for (const run of this.#runs) rmSync(run, { force: true });
    this.#lines = [];
  }

  #putAside(): void {
    const path = join(this.#directory, `run-${this.#runs.length}.tmp`);
    this.#runs.push(path);
    this.#lines.sort();
    const descriptor = openSync(path, 'w', 0o600);
    try {
      writeLines(descriptor, this.#lines);
    } finally {
      closeSync(descriptor);
    }
    this.#lines = [];
    this.#bytes = 0;
  }
}

function writeLines(descriptor: number, lines: readonly string[]): void {
  let pending: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    pending.push(line);
    bytes += line.length + 1;
    if (bytes < WRITE_BYTES) continue;
    writeSync(descriptor, Buffer.from(`${pending.join('\n')}\n`, 'latin1'));
    pending = [];
    bytes = 0;
  }
  if (pending.length > 0) writeSync(descriptor, Buffer.from(`${pending.join('\n')}\n`, 'latin1'));
}

function* readRun(path: string): Generator<string> {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let rest = '';
  try {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      if (count === 0) break;
      const lines = (rest + buffer.toString('latin1', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** There are at most some dozens of runs, so the smallest head is found by looking at all of them. */
function* merge(sources: readonly Iterator<string>[]): Generator<string> {
  const heads = sources.flatMap((source) => {
    const first = source.next();
    return first.done ? [] : [{ source, line: first.value }];
  });
  while (heads.length > 0) {
    let least = 0;
    for (let index = 1; index < heads.length; index += 1) {
      if ((heads[index]?.line ?? '') < (heads[least]?.line ?? '')) least = index;
    }
    const head = heads[least];
    if (head === undefined) return;
    yield head.line;
    const next = head.source.next();
    if (next.done) heads.splice(least, 1);
    else head.line = next.value;
  }
}
