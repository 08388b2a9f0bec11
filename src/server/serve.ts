import type { FastifyInstance } from 'fastify';
import { createHttpClient, err, isLoopback, ok, type Result, userAgent } from '#foundation/index.ts';
import type { DatabaseLocation } from '#postgres/index.ts';
import { openStorage } from '#storage/index.ts';
import type { AdvisorySettings } from './advisories/settings.ts';
import { createApplication } from './application.ts';
import { createAuthenticate } from './authentication/authenticate.ts';
import { type AdmittedHost, admitHost } from './authentication/host-account.ts';
import { createIssuerKeys } from './authentication/issuer/issuer-keys.ts';
import { createTrustedIssuers } from './authentication/issuer/trusted-issuers.ts';
import { makeAdministratorLink } from './authentication/link.ts';
import { consoleDirectory } from './console/location.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { recurringJobs, startRecurring } from './jobs/recurring.ts';
import { type JobRunner, startJobRunner } from './jobs/runner.ts';
import type { LogLevel } from './log.ts';
import { createOutbound } from './outbound/index.ts';
import type { ServerContext } from './route.ts';
import { routes } from './routes/index.ts';
import { healthRoutes } from './routes/system/health.ts';
import { createSecretBox, readKeyFile } from './secrets/index.ts';

export const serverRoles = ['all', 'api', 'worker'] as const;

/** `api` answers requests, `worker` does jobs and answers only whether it lives. Any number of each work together on one database. */
export type ServerRole = (typeof serverRoles)[number];

export interface ServeSettings {
  readonly database: DatabaseLocation;
  readonly role: ServerRole;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Answer other machines without TLS, for one that has it in front: otherwise only this machine. */
  readonly insecureHttp?: boolean;
  readonly log: LogLevel;
  /** The key of secrets at rest; made when it is missing, unless `makeKey` is false. The same for all processes on a database. */
  readonly keyFile: string;
  readonly makeKey: boolean;
  /** Ranges beside the internet that users may have the server talk to: `10.2.0.0/16`. */
  readonly allowedAddresses: readonly string[];
  /** Absent: findings are opened by reports alone. */
  readonly advisories?: AdvisorySettings;
}

export interface RunningServer {
  /** `http://127.0.0.1:7480` */
  readonly address: string;
  /** Where the first administrator sets a name and a password, once, within a day; absent when there is one, and for a worker. */
  readonly welcome: string | undefined;
  /** Lets this machine send reports about itself. */
  admitHost(name: string): Promise<AdmittedHost>;
  /** Answers what was asked and finishes the jobs under way, then ends. */
  close(): Promise<void>;
}

const REQUESTS_PER_MINUTE = 1200;
/** Jobs under way at once in a process. */
const RUNNERS = 4;

/** Opens the database, listens and starts on the jobs, by role. Errors are whole sentences. */
export async function serve(settings: ServeSettings): Promise<Result<RunningServer>> {
  const { database, role, host, port, log } = settings;
  if (role !== 'all' && database.kind === 'embedded')
    return err(`The role ${role} needs a database that several processes can use: name it with --database.`);
  const isLocal = isLoopback(host === '::1' ? '[::1]' : host);
  if (!isLocal && settings.insecureHttp !== true)
    return err(
      `${host} is reached from other machines, to which passwords and tokens would go in the clear: listen on 127.0.0.1 behind a proxy with TLS, or give --insecure-http if the way to the proxy is yours.`,
    );
  const storage = await openStorage(database);
  if (!storage.ok) return storage;
  const key = await readKeyFile(settings.keyFile, settings.makeKey);
  if (!key.ok) {
    await storage.value.close();
    return key;
  }
  const context: ServerContext = {
    query: storage.value.query,
    now: () => new Date(),
    secrets: createSecretBox(key.value),
    outbound: createOutbound({ allowed: settings.allowedAddresses }),
    ...(settings.advisories && { advisories: settings.advisories }),
  };
  const secureCookies = !isLocal;
  const http = createHttpClient({ userAgent, retries: { retries: 0 } });
  const issuers = createTrustedIssuers(context, createIssuerKeys(http, context.now));
  const application = await createApplication({
    context,
    routes: role === 'worker' ? healthRoutes : routes,
    authenticate: createAuthenticate({ context, secureCookies, issuers }),
    secureCookies,
    ...(role !== 'worker' && { console: consoleDirectory() }),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    log,
  });
  const runners: JobRunner[] = [];
  const close = async (): Promise<void> => {
    await application.close();
    http.close();
    await Promise.all(runners.map((runner) => runner.stop()));
    await storage.value.close();
  };
  const address = await listen(application, host, port);
  if (!address.ok) {
    await close();
    return address;
  }
  if (role !== 'api') runners.push(...startJobs(context, application));
  const welcome =
    role === 'worker' ? undefined : await makeAdministratorLink(context.query, address.value, context.now());
  return ok({
    address: address.value,
    welcome: welcome?.ok ? welcome.value : undefined,
    admitHost: (name) => admitHost(context.query, name, context.now()),
    close,
  });
}

async function listen(application: FastifyInstance, host: string, port: number): Promise<Result<string>> {
  try {
    return ok(await application.listen({ host, port }));
  } catch (error) {
    return err(`Nothing can listen at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function startJobs(context: ServerContext, { log }: FastifyInstance): readonly JobRunner[] {
  const start = () =>
    startJobRunner({
      context,
      handlers: jobHandlers,
      onFailure: ({ id, kind, attempts }, error) => log.error({ job: id, kind, attempts, err: error }, 'a job failed'),
    });
  return [startRecurring(context, recurringJobs(context)), ...Array.from({ length: RUNNERS }, start)];
}
