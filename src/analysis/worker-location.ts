import { existsSync } from 'node:fs';

declare const PLIMSOLL_BUNDLED: boolean | undefined;

/** Where the worker's program lies: beside this file as source, in the bundle beside the main program or one level above a chunk. */
export function workerLocation(): URL {
  if (typeof PLIMSOLL_BUNDLED === 'undefined') return new URL('./worker.ts', import.meta.url);
  const beside = new URL('./analysis-worker.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../analysis-worker.js', import.meta.url);
}
