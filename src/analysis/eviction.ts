import { readdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file that a crashed process left under its temporary name. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;
/** Room for later writes, so that not each of them evicts. */
const KEEP_SHARE = 0.8;

/**
 * Removes the files of a directory that were not used for longest (by modification time, which use renews) until the rest
 * is well below `maxBytes`, and temporary files of processes that are gone. Two processes may do this at once: a file that
 * is gone already counts as removed.
 */
export function removeLeastUsed(directory: string, maxBytes: number, now: number = Date.now()): void {
  const files = listFiles(directory);
  const abandoned = files.filter(({ path, stat }) => path.endsWith('.tmp') && now - stat.mtimeMs > ABANDONED_AFTER_MS);
  const kept = files.filter((file) => !abandoned.includes(file));
  let total = kept.reduce((sum, { stat }) => sum + occupied(stat), 0);
  for (const { path } of abandoned) rmSync(path, { force: true });
  if (total <= maxBytes) return;
  for (const { path, stat } of kept.sort((a, b) => a.stat.mtimeMs - b.stat.mtimeMs)) {
    if (total <= maxBytes * KEEP_SHARE) return;
    rmSync(path, { force: true });
    total -= occupied(stat);
  }
}

function listFiles(directory: string): { readonly path: string; readonly stat: Stats }[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? [{ path, stat }] : [];
  });
}

/** Small files occupy whole blocks. */
function occupied(stat: Stats): number {
  return Math.max(stat.size, stat.blocks * 512);
}
