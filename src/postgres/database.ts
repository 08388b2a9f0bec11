import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Pool, type PoolConfig, types } from 'pg';
import { err, ok, type Result } from '#foundation/index.ts';
import { type EmbeddedServer, startEmbedded } from './embedded/server.ts';

/** Where the data is. */
export type DatabaseLocation =
  /** A server of our own, with its data in this directory. */
  | { readonly kind: 'embedded'; readonly directory: string }
  /** `postgres://user:password@host/name`, PostgreSQL 15 or newer. */
  | { readonly kind: 'url'; readonly url: string };

export interface OpenedDatabase<Tables> {
  readonly query: Kysely<Tables>;
  /** Ends all connections, and the server if it is ours. */
  close(): Promise<void>;
}

const OLDEST = 15;
const CONNECTIONS = 20;

/** Opens a database and brings its tables up to date. Errors are whole sentences. */
export async function openDatabase<Tables>(
  location: DatabaseLocation,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Result<OpenedDatabase<Tables>>> {
  const started = location.kind === 'embedded' ? await startEmbedded(location.directory) : ok(undefined);
  if (!started.ok) return err(`The data directory cannot be used: ${started.error}.`);
  const server = started.value;
  const query = connect<Tables>(location, server);
  const close = async (): Promise<void> => {
    await query.destroy();
    await server?.stop();
  };
  const ready = await makeReady(query, migrations);
  if (ready.ok) return ok({ query, close });
  await close();
  return ready;
}

function connect<Tables>(location: DatabaseLocation, server: EmbeddedServer | undefined): Kysely<Tables> {
  const config: PoolConfig = location.kind === 'url' ? { connectionString: location.url } : { ...server?.connection };
  const pool = new Pool({ ...config, max: CONNECTIONS, connectionTimeoutMillis: 10_000, types: { getTypeParser } });
  // A connection that ends while nobody uses it is opened again when one is needed.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Counts are numbers: none of ours comes near 2^53. */
const getTypeParser: typeof types.getTypeParser = (id, format) =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);

async function makeReady<Tables>(
  query: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Result<void>> {
  try {
    const version = await query.executeQuery<{ server_version_num: string }>(
      CompiledQuery.raw('show server_version_num'),
    );
    const major = Math.floor(Number(version.rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST) return err(`The database is PostgreSQL ${major}; Plimsoll needs ${OLDEST} or newer.`);
    return await migrate(query, migrations);
  } catch (error) {
    return err(`The database cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** Several processes may start at once: the migrator holds a lock of the database. */
async function migrate<Tables>(
  query: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
): Promise<Result<void>> {
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: TABLE,
    migrationLockTableName: 'plimsoll_migration_lock',
  });
  const unknown = (await doneMigrations(query)).find((name) => !Object.hasOwn(migrations, name));
  if (unknown)
    return err(`The database was written by a newer Plimsoll (${unknown}); start that version, or restore a backup.`);
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return ok(undefined);
  return err(`The tables could not be brought up to date: ${error instanceof Error ? error.message : String(error)}.`);
}

const TABLE = 'plimsoll_migration';

async function doneMigrations<Tables>(query: Kysely<Tables>): Promise<string[]> {
  const [there] = (
    await query.executeQuery<{ name: string | null }>(CompiledQuery.raw(`select to_regclass('${TABLE}')::text as name`))
  ).rows;
  if (!there?.name) return [];
  return (
    await query.executeQuery<{ name: string }>(CompiledQuery.raw(`select name from ${TABLE} order by name`))
  ).rows.map(({ name }) => name);
}
