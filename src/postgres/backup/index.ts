import type { Readable, Writable } from 'node:stream';
import type { Migration } from 'kysely/migration';
import { err, ok, type Result } from '#foundation/index.ts';
import type { DatabaseLocation } from '../database.ts';
import { type ReachedDatabase, reachDatabase } from '../reach.ts';
import type { BackupHeader } from './format.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

export type { BackupHeader } from './format.ts';

/** Writes a backup of the database as it is at this moment to a stream. Errors are whole sentences. */
export function backUpDatabase(location: DatabaseLocation, sink: Writable, now: Date): Promise<Result<BackupHeader>> {
  return within(location, true, 'The backup could not be written', ({ client }) => writeBackup(client, sink, now));
}

/** Brings a backup back into a database that is empty, or a data directory that there is not yet. Errors are whole sentences. */
export function restoreDatabase(
  location: DatabaseLocation,
  migrations: Readonly<Record<string, Migration>>,
  source: Readable,
): Promise<Result<BackupHeader>> {
  return within(location, false, 'The backup cannot be restored', ({ client }) =>
    restoreBackup(client, migrations, source),
  );
}

async function within(
  location: DatabaseLocation,
  mustExist: boolean,
  failure: string,
  work: (database: ReachedDatabase) => Promise<BackupHeader>,
): Promise<Result<BackupHeader>> {
  const reached = await reachDatabase(location, mustExist);
  if (!reached.ok) return reached;
  try {
    return ok(await work(reached.value));
  } catch (error) {
    if (error instanceof Error) return err(`${failure}: ${error.message}.`);
    throw error;
  } finally {
    await reached.value.close();
  }
}
