import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

const TABLE = 'plimsoll_migration';
const LOCK_TABLE = 'plimsoll_migration_lock';

/** What the migrator keeps for itself. */
export const migrationTables: ReadonlySet<string> = new Set([TABLE, LOCK_TABLE]);

/** Goes up to the migration of this name, or to the last. Several processes may start at once: it holds a lock of the database. */
export async function migrateTo<Tables>(
  query: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>>,
  last: string | undefined,
): Promise<void> {
  const migrator = new Migrator({
    db: query,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: TABLE,
    migrationLockTableName: LOCK_TABLE,
    // Numbers are given out in ranges by subject: one may come after a higher one.
    allowUnorderedMigrations: true,
  });
  const { error } = last === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(last);
  if (error !== undefined) throw error;
}

/** Runs a statement without parameters. */
type Ask = (statement: string) => Promise<readonly { readonly name: string | null }[]>;

/** All that the database has been through, in order; none in an empty one. */
export async function doneMigrations(ask: Ask): Promise<string[]> {
  const [there] = await ask(`select to_regclass('${TABLE}')::text as name`);
  if (!there?.name) return [];
  return (await ask(`select name from ${TABLE} order by name`)).flatMap(({ name }) => name ?? []);
}
