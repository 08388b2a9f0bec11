import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A large file as a head, a unit repeated, and a tail, and who is to read it. */
export interface LargeFile {
  readonly cataloger: string;
  readonly path: string;
  readonly head?: string;
  readonly unit: string;
  readonly times: number;
  readonly tail?: string;
}

export interface LargeReading {
  readonly bytes: number;
  readonly packages: number;
  /** Code and effect of each. */
  readonly problems: readonly string[];
}

/** Reads the file in a thread with the memory that an analysis thread has. Rejects when it needs more. */
export async function readLargeFile(file: LargeFile): Promise<LargeReading> {
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const [reading]: LargeReading[] = await once(worker, 'message');
  await worker.terminate();
  if (reading === undefined) throw new Error('the thread said nothing');
  return reading;
}

/** As `WORKER_MEMORY_MB` of the analysis. */
const MEMORY_MB = 512;
