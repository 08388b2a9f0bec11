import { ok, type Result } from '#foundation/index.ts';
import type { DatabaseLocation } from '#postgres/index.ts';
import { openStorage } from '#storage/index.ts';
import { createApplication } from './application.ts';
import { routes } from './routes/index.ts';

export interface ServeSettings {
  readonly database: DatabaseLocation;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly log: boolean;
}

export interface RunningServer {
  /** `http://127.0.0.1:7480` */
  readonly address: string;
  /** Answers what was asked, then ends. */
  close(): Promise<void>;
}

const REQUESTS_PER_MINUTE = 1200;

/** Opens the database and listens. Errors are whole sentences. */
export async function serve({ database, host, port, log }: ServeSettings): Promise<Result<RunningServer>> {
  const storage = await openStorage(database);
  if (!storage.ok) return storage;
  const application = await createApplication({
    context: { query: storage.value.query, now: () => new Date() },
    routes,
    authenticate: async () => undefined,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    logger: log,
  });
  const address = await application.listen({ host, port });
  const close = async (): Promise<void> => {
    await application.close();
    await storage.value.close();
  };
  return ok({ address, close });
}
