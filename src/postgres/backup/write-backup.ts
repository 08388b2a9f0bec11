import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { Client } from 'pg';
import { programVersion } from '#foundation/index.ts';
import { doneMigrations, migrationTables } from '../migrate.ts';
import { CopyOut } from './copy.ts';
import { BACKUP_FORMAT, type BackupHeader, PieceWriter } from './format.ts';
import { quoted, readSequences, readTables } from './schema.ts';

/** Writes all of one moment; the server may be at work meanwhile. Throws what the database or the stream throw. */
export async function writeBackup(client: Client, sink: Writable, now: Date): Promise<BackupHeader> {
  await client.query('begin isolation level repeatable read read only');
  const header: BackupHeader = {
    format: BACKUP_FORMAT,
    version: programVersion,
    createdAt: now.toISOString(),
    migrations: await doneMigrations(async (text) => (await client.query(text)).rows),
    tables: await readTables(client, migrationTables),
    sequences: await readSequences(client),
  };
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 6 } });
  const stored = pipeline(compress, sink);
  try {
    await Promise.race([stored, writeAll(client, header, compress)]);
    compress.end();
  } catch (error) {
    compress.destroy();
    await stored.catch(() => undefined);
    throw error;
  }
  await stored;
  await client.query('commit');
  return header;
}

async function writeAll(client: Client, header: BackupHeader, sink: Writable): Promise<void> {
  const writer = new PieceWriter(sink);
  await writer.section(Readable.from([Buffer.from(JSON.stringify(header))]));
  for (const { name, columns } of header.tables)
    await writer.section(
      client.query(new CopyOut(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)),
    );
  await writer.end();
}
