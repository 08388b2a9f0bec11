import { CompiledQuery, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { PoolConfig } from 'pg';
import { err, ok, type Result } from '#foundation/index.ts';
import { openConnections, openPatiently } from './connections.ts';
import { startEmbedded } from './embedded/server.ts';
import { listen, type StopListening } from './listen.ts';
import { doneMigrations, migrateTo } from './migrate.ts';

/** Where the data is. */
export type DatabaseLocation =
  /** A server of our own, with its data in this directory. */
  | { readonly kind: 'embedded'; readonly directory: string }
  /** `postgres://user:password@host/name`, PostgreSQL 15 or newer. */
  | { readonly kind: 'url'; readonly url: string };

export interface OpenedDatabase<Tables> {
  readonly query: Kysely<Tables>;
  /** Tells of every notification of a channel; see `listen`. */
  listen(channel: string, onNotice: () => void): StopListening;
  /** Ends all connections, and the server if it is ours. */
  close(): Promise<void>;
}

const OLDEST = 15;

/** Opens a database and brings its tables up to date. Errors are whole sentences. */
export async function openDatabase<Tables>(
  location: DatabaseLocation,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Result<OpenedDatabase<Tables>>> {
  const started = location.kind === 'embedded' ? await startEmbedded(location.directory) : ok(undefined);
  if (!started.ok) return err(`The data directory cannot be used: ${started.error}.`);
  const server = started.value;
  const config = location.kind === 'url' ? { connectionString: location.url } : { ...server?.connection };
  const ready = await makeReady(config, migrations);
  if (!ready.ok) {
    await server?.stop();
    return ready;
  }
  const query = openConnections<Tables>(config);
  const close = async (): Promise<void> => {
    await query.destroy();
    await server?.stop();
  };
  return ok({ query, listen: (channel, onNotice) => listen(config, channel, onNotice), close });
}

async function makeReady(config: PoolConfig, migrations: Readonly<Record<string, Migration>>): Promise<Result<void>> {
  const query = openPatiently(config);
  try {
    const version = await query.executeQuery<{ server_version_num: string }>(
      CompiledQuery.raw('show server_version_num'),
    );
    const major = Math.floor(Number(version.rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST) return err(`The database is PostgreSQL ${major}; Plimsoll needs ${OLDEST} or newer.`);
    return await migrate(query, migrations);
  } catch (error) {
    return err(`The database cannot be used: ${messageOf(error)}.`);
  } finally {
    await query.destroy();
  }
}

async function migrate(query: Kysely<unknown>, migrations: Readonly<Record<string, Migration>>): Promise<Result<void>> {
  const done = await doneMigrations(
    async (statement) => (await query.executeQuery<{ name: string | null }>(CompiledQuery.raw(statement))).rows,
  );
  const unknown = done.find((name) => !Object.hasOwn(migrations, name));
  if (unknown)
    return err(`The database was written by a newer Plimsoll (${unknown}); start that version, or restore a backup.`);
  try {
    await migrateTo(query, migrations, undefined);
    return ok(undefined);
  } catch (error) {
    return err(`The tables could not be brought up to date: ${messageOf(error)}.`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
