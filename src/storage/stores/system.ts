import { sql } from 'kysely';
import type { Query } from '../index.ts';

/** How the server and its work stand, from what all processes share. */
export interface SystemFigures {
  readonly database: { readonly version: string; readonly bytes: number; readonly connections: number };
  readonly jobs: {
    readonly waiting: number;
    readonly running: number;
    readonly dead: number;
    readonly oldestDueSeconds: number;
  };
  readonly outbox: { readonly unrouted: number; readonly oldestSeconds: number };
  readonly deliveries: { readonly gathering: number; readonly waiting: number; readonly dead: number };
}

export async function systemFigures(query: Query, now: Date): Promise<SystemFigures> {
  const [database, jobs, outbox, deliveries] = await Promise.all([
    one<SystemFigures['database']>(
      query,
      sql`select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
        (select count(*) from pg_stat_activity where datname = current_database()) as connections`,
    ),
    one<SystemFigures['jobs']>(
      query,
      sql`select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'running') as running,
        count(*) filter (where state = 'dead') as dead,
        greatest(0, coalesce(extract(epoch from ${now}::timestamptz - min(run_at) filter (where state = 'waiting')), 0))::float8 as "oldestDueSeconds"
        from job`,
    ),
    one<SystemFigures['outbox']>(
      query,
      sql`select count(*) as unrouted,
        greatest(0, coalesce(extract(epoch from ${now}::timestamptz - min(at)), 0))::float8 as "oldestSeconds"
        from outbox_event where routed_at is null`,
    ),
    one<SystemFigures['deliveries']>(
      query,
      sql`select count(*) filter (where state = 'gathering') as gathering, count(*) filter (where state = 'waiting') as waiting,
        count(*) filter (where state = 'dead') as dead from delivery where state <> 'delivered'`,
    ),
  ]);
  return { database, jobs, outbox, deliveries };
}

async function one<Row>(query: Query, statement: ReturnType<typeof sql>): Promise<Row> {
  const { rows } = await query.executeQuery<Row>(statement.compile(query));
  const [row] = rows;
  if (row === undefined) throw new Error('a count has one row');
  return row;
}

interface DataSource {
  readonly name: string;
  /** When it was last asked whether there is something newer. */
  readonly checkedAt: Date | null;
  /** When what it said was last taken in. */
  readonly appliedAt: Date | null;
}

/** Where the server's own knowledge is from, and how old it is. */
export async function dataSources(query: Query): Promise<DataSource[]> {
  const rows = await query.selectFrom('advisory_state').select(['checked_at', 'applied_at']).execute();
  return rows.map(({ checked_at, applied_at }) => ({
    name: 'advisories',
    checkedAt: checked_at,
    appliedAt: applied_at,
  }));
}

/** The name of the last change of the tables that was made. */
export async function lastMigration(query: Query): Promise<string> {
  return (await one<{ readonly name: string }>(query, sql`select max(name) as name from plimsoll_migration`)).name;
}
