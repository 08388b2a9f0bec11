import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Colour only on a terminal that wants it (https://no-color.org, FORCE_COLOR for pagers and CI logs that render it). */
export function wantsColor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Writes pieces with back-pressure, so that a huge report is never held in memory. A reader that went away (`| head`) ends it quietly. */
export async function writeAll(stream: Writable, pieces: Iterable<string>): Promise<void> {
  for (const batch of batched(pieces)) {
    if (stream.destroyed) return;
    if (!stream.write(batch)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
}

const BATCH_CHARACTERS = 64 * 1024;

/** Joins small pieces to batches that are worth a system call. */
export function* batched(pieces: Iterable<string>): Generator<string> {
  let batch = '';
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH_CHARACTERS) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}
