import type { Worker } from 'node:worker_threads';
import { startWorker, takeEarlyWorker, WORKER_MEMORY_MB } from './early-worker.ts';
import { workerLocation } from './worker-location.ts';
import { isWorkerReply, type WorkerReply, type WorkerTask } from './worker-protocol.ts';

export interface WorkerPoolOptions {
  /** Threads at most; they are started as tasks come. */
  readonly size: number;
  /** A task that takes longer is given up and its thread ended. */
  readonly taskTimeoutMs: number;
  /** JavaScript memory of a thread, in megabytes; one that needs more ends with its task. */
  readonly maxMemoryMb: number;
  /** The thread's program, for tests. */
  readonly program?: URL;
}

export type TaskOutcome =
  | { readonly kind: 'done'; readonly reply: WorkerReply }
  | { readonly kind: 'failed'; readonly reason: string };

interface Job {
  readonly task: WorkerTask;
  readonly settle: (outcome: TaskOutcome) => void;
}

/** Threads that analyse layers. A thread that crashes or hangs costs its task, not the others. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #queue: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  run(task: WorkerTask): Promise<TaskOutcome> {
    return new Promise((settle) => {
      if (this.#closed) return settle({ kind: 'failed', reason: 'the analysis was ended' });
      this.#queue.push({ task, settle });
      this.#next();
    });
  }

  /** Ends all threads, tasks under way included. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.settle({ kind: 'failed', reason: 'the analysis was ended' });
    await Promise.all([...this.#all].map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#queue.length === 0 || (this.#idle.length === 0 && this.#all.size >= this.#options.size)) return;
    const job = this.#queue.shift();
    if (job) this.#start(this.#idle.pop() ?? this.#hire(), job);
  }

  #hire(): Worker {
    const { program, maxMemoryMb } = this.#options;
    const early = program === undefined && maxMemoryMb === WORKER_MEMORY_MB ? takeEarlyWorker() : undefined;
    const worker = early ?? startWorker(program ?? workerLocation(), maxMemoryMb);
    this.#all.add(worker);
    return worker;
  }

  #start(worker: Worker, { task, settle }: Job): void {
    const { taskTimeoutMs } = this.#options;
    const timer = setTimeout(() => dismiss(`it took longer than ${Math.round(taskTimeoutMs / 1000)} s`), taskTimeoutMs);
    const finish = (outcome: TaskOutcome) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      // An error may still come from a thread that is being ended; nobody waits for it.
      worker.on('error', () => undefined);
      settle(outcome);
      this.#next();
    };
    const dismiss = (reason: string) => {
      this.#all.delete(worker);
      void worker.terminate();
      finish({ kind: 'failed', reason });
    };
    worker.removeAllListeners();
    worker.once('message', (message: unknown) => {
      if (!isWorkerReply(message)) return dismiss('it answered in a way that is not understood');
      this.#idle.push(worker);
      finish({ kind: 'done', reply: message });
    });
    worker.once('error', (error: unknown) => dismiss(reasonOf(error)));
    worker.once('exit', () => dismiss('its thread ended'));
    worker.postMessage(task);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY') return 'it needed more memory than it may have';
  return error.message.slice(0, 300);
}
