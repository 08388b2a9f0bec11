import { contentByReading, DamagedInput, type FileContent } from '#foundation/index.ts';

/** Memory by which one thread reads a file for another: `control` says what is wanted, `piece` is where it comes. */
export interface ServingMemory {
  readonly control: SharedArrayBuffer;
  readonly piece: Uint8Array;
}

/** The state, how many bytes are asked for, and from where. */
export const CONTROL_BYTES = 16;

// States.
const BUSY = 0;
const ASKED = 1;
const ANSWERED = 2;
const DONE = 3;
const FAILED = 4;

class Control {
  readonly state: Int32Array;
  readonly length: Int32Array;
  readonly offset: Float64Array;

  constructor(memory: SharedArrayBuffer) {
    this.state = new Int32Array(memory, 0, 1);
    this.length = new Int32Array(memory, 4, 1);
    this.offset = new Float64Array(memory, 8, 1);
  }

  get hasFailed(): boolean {
    return Atomics.load(this.state, 0) === FAILED;
  }

  become(state: number): void {
    Atomics.store(this.state, 0, state);
    Atomics.notify(this.state, 0);
  }

  /** Sleeps until the state is one of these. */
  until(wanted: readonly number[], patienceMs: number): number {
    for (;;) {
      const now = Atomics.load(this.state, 0);
      if (wanted.includes(now)) return now;
      if (Atomics.wait(this.state, 0, now, patienceMs) === 'timed-out')
        throw new Error('another thread that works on the same file does not go on');
    }
  }
}

/** Announces a file with `announce` and reads it for the other thread until that is done with it. */
export function serveFile(
  { control, piece }: ServingMemory,
  content: FileContent,
  announce: () => void,
  patienceMs: number,
): void {
  const shared = new Control(control);
  shared.become(BUSY);
  announce();
  try {
    while (shared.until([ASKED, DONE], patienceMs) === ASKED) {
      const target = piece.subarray(0, shared.length[0]);
      const bytes = content.read(shared.offset[0] ?? 0, target);
      if (bytes.buffer !== target.buffer || bytes.byteOffset !== target.byteOffset) target.set(bytes);
      shared.become(ANSWERED);
    }
  } catch (error) {
    shared.become(FAILED);
    throw error;
  }
}

/** Has `use` work on a file that `serveFile` reads in another thread, and which tells of it when the file cannot be read. */
export function withServedFile(
  { control, piece }: ServingMemory,
  size: number,
  use: (content: FileContent) => void,
  patienceMs: number,
): void {
  const shared = new Control(control);
  const ask = (offset: number, target: Uint8Array): void => {
    shared.offset[0] = offset;
    shared.length[0] = target.length;
    shared.become(ASKED);
    if (shared.until([ANSWERED, FAILED], patienceMs) === FAILED)
      throw new DamagedInput('file-not-served', 'The file could not be read to its end.');
    target.set(piece.subarray(0, target.length));
    shared.become(BUSY);
  };
  const content = contentByReading(size, (start, target) => {
    for (let at = 0; at < target.length; at += piece.length) ask(start + at, target.subarray(at, at + piece.length));
    return target;
  });
  try {
    use(content);
  } catch (error) {
    // The thread that reads knows better than this one what is wrong with the file.
    if (!shared.hasFailed) throw error;
  } finally {
    if (!shared.hasFailed) shared.become(DONE);
  }
}
