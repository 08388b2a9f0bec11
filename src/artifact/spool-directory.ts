import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary space of one artifact, made on first use, readable by this user only, gone with `close` or the end of the process. */
export interface SpoolDirectory {
  path(): string;
  close(): Promise<void>;
}

export function createSpoolDirectory(parent: string | undefined): SpoolDirectory {
  let directory: string | undefined;
  const removeAtExit = () => {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  };
  return {
    path() {
      if (directory !== undefined) return directory;
      if (parent !== undefined) mkdirSync(parent, { recursive: true, mode: 0o700 });
      directory = mkdtempSync(join(parent ?? tmpdir(), 'plimsoll-spool-'));
      process.once('exit', removeAtExit);
      return directory;
    },
    async close() {
      if (directory === undefined) return;
      process.off('exit', removeAtExit);
      await rm(directory, { recursive: true, force: true });
      directory = undefined;
    },
  };
}
