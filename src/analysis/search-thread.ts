import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { WantedFile } from '#artifact/index.ts';
import type { FileContent, Problem } from '#foundation/index.ts';
import { startWorker, WORKER_MEMORY_MB } from './early-worker.ts';
import type { LayerTask } from './layer-report.ts';
import type { ReaderCost } from './profile.ts';
import type { FileReadings } from './readers.ts';
import { CONTROL_BYTES, serveFile } from './served-file.ts';
import { workerLocation } from './worker-location.ts';

/** A file in a slot of shared memory. */
export interface SentFile {
  readonly ticket: number;
  readonly path: string;
  readonly mode: number;
  /** Positions in the task's wishes. */
  readonly wishes: readonly number[];
  readonly offset: number;
  readonly length: number;
}

export interface SearchStart {
  readonly role: 'search';
  readonly slots: SharedArrayBuffer;
  readonly states: SharedArrayBuffer;
  /** See `ServingMemory`. */
  readonly control: SharedArrayBuffer;
  readonly task: Pick<LayerTask, 'wishes' | 'search' | 'profile'>;
}

/** `served`: a file that is read for the searching thread by way of the slot, as it does not fit in. */
export type SearchMessage =
  | { readonly slot: number; readonly files: readonly SentFile[] }
  | { readonly slot: number; readonly served: SentFile }
  | 'finish';

export interface SearchReply {
  readonly readings: readonly (readonly [ticket: number, readings: FileReadings])[];
  readonly problems: readonly Problem[];
  readonly costs: readonly ReaderCost[];
}

export const SLOT_BYTES = 8 * 1024 * 1024;
const SLOTS = 2;
/** States of a slot. */
export const FREE = 0;
const TAKEN = 1;
/** Nothing that is searched within its bounds takes longer for one slot. */
export const PATIENCE_MS = 120_000;

/**
 * Looks through files in a thread of its own while the caller walks on: the walk of a layer and the search in it then take about as
 * long as the slower of the two. Files are copied into shared memory; when that is full, the walk waits.
 */
export class SearchThread {
  readonly #worker: Worker;
  readonly #slots = new SharedArrayBuffer(SLOTS * SLOT_BYTES);
  readonly #states = new Int32Array(new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT));
  readonly #control = new SharedArrayBuffer(CONTROL_BYTES);
  readonly #positions: ReadonlyMap<LayerTask['wishes'][number], number>;
  #slot = 0;
  #filled = 0;
  #files: SentFile[] = [];
  #tickets = 0;

  constructor({ wishes, search, profile }: LayerTask) {
    const task = { wishes, search, ...(profile ? { profile } : {}) };
    const start = {
      role: 'search',
      slots: this.#slots,
      states: this.#states.buffer,
      control: this.#control,
      task,
    } as const satisfies SearchStart;
    this.#worker = startWorker(workerLocation(), WORKER_MEMORY_MB, start);
    this.#positions = new Map(wishes.map((wish, index) => [wish, index]));
  }

  /** Takes a copy of the file; one that is too large for that is read to its end. Its readings have this number when all is done. */
  submit({ path, mode, wishes, content }: WantedFile): number {
    const { size } = content;
    const ticket = this.#tickets++;
    const positions = wishes.flatMap((wish) => this.#positions.get(wish) ?? []);
    if (this.#filled + size > SLOT_BYTES) this.#send();
    const file = { ticket, path, mode, wishes: positions, offset: this.#filled, length: size };
    if (size > SLOT_BYTES) this.#serve(file, content);
    else this.#copy(file, content);
    return ticket;
  }

  #copy(file: SentFile, content: FileContent): void {
    const target = Buffer.from(this.#slots, this.#slot * SLOT_BYTES + file.offset, file.length);
    const bytes = content.read(0, target);
    if (bytes.buffer !== this.#slots) target.set(bytes);
    this.#files.push(file);
    this.#filled += file.length;
  }

  /** By way of the slot that is free now: the other thread takes one message after the other. */
  #serve(file: SentFile, content: FileContent): void {
    const slot = this.#slot;
    const memory = { control: this.#control, piece: new Uint8Array(this.#slots, slot * SLOT_BYTES, SLOT_BYTES) };
    const announce = () => this.#worker.postMessage({ slot, served: file } satisfies SearchMessage);
    serveFile(memory, content, announce, PATIENCE_MS);
  }

  async finish(): Promise<SearchReply> {
    this.#send();
    const failed = once(this.#worker, 'exit').then(() =>
      Promise.reject(new Error('the search ended before it was done')),
    );
    const reply = once(this.#worker, 'message');
    this.#worker.postMessage('finish' satisfies SearchMessage);
    const [message]: unknown[] = await Promise.race([reply, failed]);
    if (!isSearchReply(message)) throw new Error('the search answered in a way that is not understood');
    return message;
  }

  close(): void {
    void this.#worker.terminate();
  }

  #send(): void {
    if (this.#files.length === 0) return;
    Atomics.store(this.#states, this.#slot, TAKEN);
    this.#worker.postMessage({ slot: this.#slot, files: this.#files } satisfies SearchMessage);
    this.#files = [];
    this.#filled = 0;
    this.#slot = (this.#slot + 1) % SLOTS;
    if (Atomics.wait(this.#states, this.#slot, TAKEN, PATIENCE_MS) === 'timed-out')
      throw new Error('the search for secrets and malware does not go on');
  }
}

function isSearchReply(message: unknown): message is SearchReply {
  return typeof message === 'object' && message !== null && 'readings' in message && 'problems' in message;
}
