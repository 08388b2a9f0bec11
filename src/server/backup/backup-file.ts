import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { err, ok, type Result } from '#foundation/index.ts';
import { type BackupHeader, backUpDatabase, type DatabaseLocation } from '#postgres/index.ts';
import { restoreStorage } from '#storage/index.ts';

export interface BackupSummary {
  /** When and by which Plimsoll it was written. */
  readonly createdAt: string;
  readonly version: string;
  readonly tables: number;
  /** Of the file. */
  readonly bytes: number;
}

/** Writes a backup to a new file, which appears when it is whole; only its owner can read it. Errors are whole sentences. */
export async function writeBackupFile(
  location: DatabaseLocation,
  file: string,
  now: Date,
): Promise<Result<BackupSummary>> {
  if (existsSync(file)) return err(`${file} is there already; name a new file.`);
  const partial = `${file}.partial`;
  const sink = createWriteStream(partial, { mode: 0o600, flush: true });
  const written = await backUpDatabase(location, sink, now);
  sink.destroy();
  if (written.ok) await rename(partial, file);
  else await rm(partial, { force: true });
  return written.ok ? ok(await summaryOf(written.value, file)) : written;
}

/** Brings a backup back into an empty database, or a new data directory. Errors are whole sentences. */
export async function restoreBackupFile(location: DatabaseLocation, file: string): Promise<Result<BackupSummary>> {
  if (!existsSync(file)) return err(`There is no ${file}.`);
  const restored = await restoreStorage(location, createReadStream(file));
  return restored.ok ? ok(await summaryOf(restored.value, file)) : restored;
}

async function summaryOf({ createdAt, version, tables }: BackupHeader, file: string): Promise<BackupSummary> {
  return { createdAt, version, tables: tables.length, bytes: (await stat(file)).size };
}
