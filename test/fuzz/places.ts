import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that lives as long as the process. */
export function scratchDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-fuzz-'));
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A file that each input is written to, for parsers that want a path. */
export function scratchFile(name: string): (bytes: Uint8Array) => string {
  let path: string | undefined;
  return (bytes) => {
    path ??= join(scratchDirectory(), name);
    writeFileSync(path, bytes);
    return path;
  };
}
