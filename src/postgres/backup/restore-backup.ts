import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Client } from 'pg';
import { z } from 'zod';
import { migrateTo } from '../migrate.ts';
import { CopyIn } from './copy.ts';
import { BACKUP_FORMAT, type BackupHeader, BackupProblem, PieceReader } from './format.ts';
import { isEmpty, quoted } from './schema.ts';

const MAX_HEADER = 1024 * 1024;

const headerSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.string(),
  createdAt: z.string(),
  migrations: z.array(z.string()).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  sequences: z.array(z.object({ name: z.string(), last: z.number().int(), isCalled: z.boolean() })),
});

/**
 * Brings back what `writeBackup` wrote, in one transaction: all of it or nothing. Tables are made as they were and brought up to date
 * after. Throws `BackupProblem` for a file or a database that it cannot be done with.
 */
export async function restoreBackup(
  client: Client,
  migrations: Readonly<Record<string, Migration>>,
  source: Readable,
): Promise<BackupHeader> {
  if (!(await isEmpty(client)))
    throw new BackupProblem('the database is not empty; name a new directory with --data, or an empty database');
  const unpack = createZstdDecompress();
  const unpacked = pipeline(source, unpack);
  unpacked.catch(() => undefined);
  try {
    const reader = new PieceReader(unpack);
    const header = await readHeader(reader, migrations);
    await onlyOn(client)
      .transaction()
      .execute((transaction) => restoreAll(client, transaction, migrations, header, reader));
    await client.query('analyze');
    return header;
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^Z(?:STD)?_/.test(String(error.code)))
      throw new BackupProblem('it is damaged, cut off, or no backup of Plimsoll', { cause: error });
    throw error;
  } finally {
    source.destroy();
  }
}

async function readHeader(reader: PieceReader, migrations: Readonly<Record<string, Migration>>): Promise<BackupHeader> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of reader.section()) {
    size += part.length;
    if (size > MAX_HEADER) throw new BackupProblem('it is no backup of Plimsoll');
    parts.push(part);
  }
  const header = headerSchema.safeParse(documentOf(Buffer.concat(parts)));
  if (!header.success) throw new BackupProblem('it is no backup of this or an older Plimsoll');
  const unknown = header.data.migrations.find((name) => !Object.hasOwn(migrations, name));
  if (unknown !== undefined)
    throw new BackupProblem(`it was written by a newer Plimsoll (${header.data.version}, ${unknown}); use that one`);
  return header.data;
}

function documentOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** For statements of migrations on the connection that the rows go over. */
function onlyOn(client: Client): Kysely<unknown> {
  const connection = Object.assign(Object.create(null), {
    query: (text: string, values: unknown[]) => client.query(text, values),
    release: () => undefined,
  });
  const pool = { connect: () => Promise.resolve(connection), end: () => Promise.resolve(), options: {} };
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

async function restoreAll(
  client: Client,
  transaction: Transaction<unknown>,
  migrations: Readonly<Record<string, Migration>>,
  { tables, sequences, migrations: done }: BackupHeader,
  reader: PieceReader,
): Promise<void> {
  await migrateTo(transaction, migrations, done.at(-1));
  const names = tables.map(({ name }) => quoted(name));
  // What triggers would write is among the rows, as are those that migrations begin with.
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  await client.query(`truncate ${names.join(', ')}`);
  for (const { name, columns } of tables) {
    const into = client.query(new CopyIn(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
    await pipeline(reader.section(), into);
  }
  for (const { name, last, isCalled } of sequences)
    await client.query('select setval($1::regclass, $2, $3)', [quoted(name), last, isCalled]);
  await reader.end();
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  await migrateTo(transaction, migrations, undefined);
}
