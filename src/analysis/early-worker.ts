import { Worker } from 'node:worker_threads';
import { workerLocation } from './worker-location.ts';

/** Hardly anything of a walk lives long: a small nursery costs no time and spares memory in every thread. */
const YOUNG_GENERATION_MB = 4;
/** JavaScript memory of a thread where nobody asks for another bound. */
export const WORKER_MEMORY_MB = 512;

let early: Worker | undefined;

/** Starts a thread that the first analysis takes over. One that nobody takes does not keep the process alive. */
export function startEarlyWorker(): void {
  early = startWorker(workerLocation(), WORKER_MEMORY_MB);
  early.unref();
  // Whoever takes it listens for errors of its own; until then there is nobody to tell.
  early.on('error', () => undefined);
  early.on('exit', () => {
    early = undefined;
  });
}

/** The thread that was started early, once. */
export function takeEarlyWorker(): Worker | undefined {
  const worker = early;
  early = undefined;
  worker?.removeAllListeners();
  worker?.ref();
  return worker;
}

/** `data`: what the thread is told at its start; without any it analyses layers. */
export function startWorker(program: URL, maxMemoryMb: number, data?: object): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: maxMemoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
  return new Worker(program, { resourceLimits, ...(data && { workerData: data }) });
}
