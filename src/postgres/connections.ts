import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely';
import { Pool, type PoolClient, type PoolConfig, types } from 'pg';
import { traced } from '#foundation/tracing/index.ts';
import { isDatabaseAway } from './away.ts';

const LIMIT = 20;
/** Statements are bounded, or a database that hangs would hold every request. */
const STATEMENT_MS = 20_000;
const CONNECT_MS = 5000;

/** The connections that requests and jobs share. */
export function openConnections<Tables>(config: PoolConfig): Kysely<Tables> {
  const pool = newPool({ ...config, max: LIMIT, query_timeout: STATEMENT_MS, statement_timeout: STATEMENT_MS });
  const shared = { connect: async () => guarded(await pool.connect()), end: () => pool.end(), options: pool.options };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: shared }) });
}

/** One connection for what takes as long as it takes. */
export function openPatiently<Tables>(config: PoolConfig): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: newPool({ ...config, max: 1 }) }) });
}

function newPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, connectionTimeoutMillis: CONNECT_MS, types: { getTypeParser } });
  // A connection that ends while nobody uses it is opened again when one is needed.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    // One that ends between two statements of whoever has it would end the process otherwise; the next statement on it fails anyway.
    client.on('error', () => undefined);
    // Our statements are many and small. Where PostgreSQL compiles those that it takes for long ones, as Debian's does, that takes longer than they do.
    void client.query('set jit = off').catch(() => undefined);
  });
  return pool;
}

/** Its text has no values: those go beside it. */
function tracedQuery<T>(text: string, ask: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, 2000) };
  return traced({ name: 'query', kind: 'client', attributes }, ask);
}

/** Counts are numbers: none of ours comes near 2^53. */
const getTypeParser: typeof types.getTypeParser = (id, format) =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);

/**
 * A connection on which a statement was given up still waits for its answer, and what is asked next waits behind it: it is used no more,
 * not even to roll back, which the server does by itself.
 */
function guarded(client: PoolClient): PostgresPoolClient {
  let failure: unknown;
  return Object.assign(Object.create(null), {
    async query(text: string, values: unknown[]) {
      if (failure !== undefined) throw failure;
      try {
        return await tracedQuery(text, () => client.query(text, values));
      } catch (error) {
        if (isDatabaseAway(error)) failure = error;
        throw error;
      }
    },
    release: () => client.release(failure !== undefined),
  });
}
