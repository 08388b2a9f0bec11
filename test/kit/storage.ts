import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { DatabaseLocation, OpenedDatabase } from '#postgres/index.ts';
import { openStorage, type Tables } from '#storage/index.ts';
import { type SystemPostgres, startSystemPostgres } from './system-postgres.ts';

let systemServer: SystemPostgres | undefined;

/** From now on the databases of this process are on one server of the operating system's PostgreSQL. */
export async function useSystemPostgres(): Promise<void> {
  systemServer = await startSystemPostgres();
}

/** Ends that server; after all tests. */
export async function endSystemPostgres(): Promise<void> {
  await systemServer?.stop();
}

/** An empty database with all tables on a server of its own, which ends with the tests of the file. */
export async function emptyStorage(): Promise<OpenedDatabase<Tables>> {
  const { location, remove } = await emptyDatabase();
  const opened = await openStorage(location);
  if (!opened.ok) throw new Error(opened.error);
  after(async () => {
    await opened.value.close();
    remove();
  });
  return opened.value;
}

async function emptyDatabase(): Promise<{ readonly location: DatabaseLocation; remove(): void }> {
  if (systemServer)
    return { location: { kind: 'url', url: await systemServer.createDatabase() }, remove: () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-storage-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  return { location: { kind: 'embedded', directory }, remove };
}
