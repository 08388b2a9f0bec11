import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { OpenedDatabase } from '#postgres/index.ts';
import { openStorage, type Tables } from '#storage/index.ts';

/** An empty database with all tables on a server of its own, which ends with the tests of the file. */
export async function emptyStorage(): Promise<OpenedDatabase<Tables>> {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-storage-'));
  const opened = await openStorage({ kind: 'embedded', directory });
  if (!opened.ok) throw new Error(opened.error);
  after(async () => {
    await opened.value.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return opened.value;
}
