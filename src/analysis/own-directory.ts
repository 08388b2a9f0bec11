import { mkdirSync, statSync } from 'node:fs';

const OTHERS_MAY_WRITE = 0o022;

/**
 * True when the directory is this user's and nobody else may write into it: whoever can, could put reports there. `make`
 * makes it first where it is missing.
 */
export function ownDirectory(path: string, purpose: 'look' | 'make'): boolean {
  try {
    if (purpose === 'make') mkdirSync(path, { recursive: true, mode: 0o700 });
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isDirectory() === true && stat.uid === process.geteuid?.() && (stat.mode & OTHERS_MAY_WRITE) === 0;
  } catch {
    return false;
  }
}
