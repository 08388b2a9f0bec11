import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { err, ok, type Result } from '#foundation/index.ts';
import type { DatabaseLocation } from './database.ts';
import { runningServer } from './embedded/running.ts';
import { startEmbedded } from './embedded/server.ts';

export interface ReachedDatabase {
  readonly client: Client;
  close(): Promise<void>;
}

/**
 * One connection to a database as it is, without bringing its tables up to date: to our own server too while a Plimsoll is at work with it.
 * With `mustExist`, a data directory is not made. Errors are whole sentences.
 */
export async function reachDatabase(location: DatabaseLocation, mustExist: boolean): Promise<Result<ReachedDatabase>> {
  if (location.kind === 'url') return connect({ connectionString: location.url }, async () => undefined);
  const { directory } = location;
  if (mustExist && !existsSync(join(directory, 'database/PG_VERSION')))
    return err(`There is no database in ${directory}; name its directory with --data.`);
  const running = runningServer(directory);
  if (running !== undefined) return connect({ connectionString: running }, async () => undefined);
  const started = await startEmbedded(directory);
  if (!started.ok) return err(`The data directory cannot be used: ${started.error}.`);
  return connect(started.value.connection, () => started.value.stop());
}

async function connect(config: ClientConfig, stop: () => Promise<void>): Promise<Result<ReachedDatabase>> {
  const client = new Client({ ...config, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  const close = async (): Promise<void> => {
    await client.end().catch(() => undefined);
    await stop();
  };
  try {
    await client.connect();
    return ok({ client, close });
  } catch (error) {
    await close();
    return err(`The database cannot be reached: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
