import { hostname } from 'node:os';
import { dirname } from 'node:path';
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
import { createLiveHub } from './live/index.ts';
import type { LogLevel } from './log.ts';
import { createOutbound } from './outbound/index.ts';
import type { ServerContext } from './route.ts';
import { routes } from './routes/index.ts';
import { healthRoutes } from './routes/system/health.ts';
import { metricsRoutes } from './routes/system/prometheus.ts';
import { createSecretBox, readKeyFile } from './secrets/index.ts';
import { renewCertificate, type ServerCertificate, serverCertificate, type TlsSettings } from './tls/index.ts';

export const serverRoles = ['all', 'api', 'worker'] as const;

/** `api` answers requests, `worker` does jobs and answers only whether it lives. Any number of each work together on one database. */
export type ServerRole = (typeof serverRoles)[number];

export interface ServeSettings {
  readonly database: DatabaseLocation;
  readonly role: ServerRole;
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Answers by TLS alone, with this certificate. */
  readonly tls?: TlsSettings;
  /** Where people reach it, when that is not where it listens: `https://plimsoll.example`. */
  readonly publicUrl?: string;
  /** Ranges of addresses of proxies whose word about the client is taken. */
  readonly trustedProxies?: readonly string[];
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
  /** That it shows; absent without TLS. */
  readonly certificate?: ServerCertificate;
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
  if (settings.role !== 'all' && settings.database.kind === 'embedded')
    return err(`The role ${settings.role} needs a database that several processes can use: name it with --database.`);
  if (settings.tls === undefined && !isLocal(settings.host) && settings.insecureHttp !== true)
    return err(
      `${settings.host} is reached from other machines, to which passwords and tokens would go in the clear: give a certificate with --tls-cert and --tls-key, or --insecure-http if a proxy with TLS is in front and the way to it is yours.`,
    );
  const opened = new AsyncDisposableStack();
  let isRunning = false;
  try {
    const running = await start(settings, opened);
    isRunning = running.ok;
    return running;
  } finally {
    if (!isRunning) await opened.disposeAsync();
  }
}

function isLocal(host: string): boolean {
  return isLoopback(host === '::1' ? '[::1]' : host);
}

/** What was opened is closed in the opposite order. */
async function start(settings: ServeSettings, opened: AsyncDisposableStack): Promise<Result<RunningServer>> {
  const { role, tls } = settings;
  const certificate = tls ? await serverCertificate(tls, new Date()) : ok(undefined);
  if (!certificate.ok) return certificate;
  let origin = settings.publicUrl ?? '';
  const context = await openContext(settings, () => origin, opened);
  if (!context.ok) return context;
  const application = await openApplication(context.value, settings, certificate.value, opened);
  const address = await listen(application, settings);
  if (!address.ok) return address;
  origin ||= address.value;
  if (tls && certificate.value)
    opened.defer(
      renewCertificate(application.server, tls, certificate.value, (problem) => application.log.error(problem)),
    );
  if (role !== 'api') for (const runner of startJobs(context.value, application)) opened.defer(() => runner.stop());
  const { query, now } = context.value;
  const welcome = role === 'worker' ? undefined : await makeAdministratorLink(query, origin, now());
  return ok({
    address: address.value,
    ...(certificate.value && { certificate: certificate.value }),
    welcome: welcome?.ok ? welcome.value : undefined,
    admitHost: (name) => admitHost(query, name, now()),
    close: () => opened.disposeAsync(),
  });
}

async function openContext(
  { database, role, keyFile, makeKey, allowedAddresses, advisories }: ServeSettings,
  origin: () => string,
  opened: AsyncDisposableStack,
): Promise<Result<ServerContext>> {
  const storage = await openStorage(database);
  if (!storage.ok) return storage;
  opened.defer(() => storage.value.close());
  const live = createLiveHub(storage.value.query);
  opened.defer(storage.value.listen('plimsoll_live', live.wake));
  const key = await readKeyFile(keyFile, makeKey);
  if (!key.ok) return key;
  return ok({
    query: storage.value.query,
    now: () => new Date(),
    origin,
    live,
    process: { role, startedAt: new Date(), directory: dirname(keyFile) },
    secrets: createSecretBox(key.value),
    outbound: createOutbound({ allowed: allowedAddresses }),
    ...(advisories && { advisories }),
  });
}

async function openApplication(
  context: ServerContext,
  { role, host, publicUrl, trustedProxies = [], log }: ServeSettings,
  tls: ServerCertificate | undefined,
  opened: AsyncDisposableStack,
): Promise<FastifyInstance> {
  // A browser on this machine may be answered without TLS; everybody else comes by it, here or at a proxy in front.
  const secureCookies = tls !== undefined || !isLocal(host) || publicUrl?.startsWith('https:') === true;
  const http = createHttpClient({ userAgent, retries: { retries: 0 } });
  opened.defer(() => http.close());
  const issuers = createTrustedIssuers(context, createIssuerKeys(http, context.now));
  const application = await createApplication({
    context,
    routes: role === 'worker' ? [...healthRoutes, ...metricsRoutes] : routes,
    authenticate: createAuthenticate({ context, secureCookies, issuers }),
    secureCookies,
    ...(tls && { tls }),
    trustedProxies,
    ...(role !== 'worker' && { console: consoleDirectory() }),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    log,
  });
  opened.defer(async () => {
    // Their streams would keep it open.
    await context.live?.close();
    await application.close();
  });
  return application;
}

/** Where it answers, as people would write it: a name where it listens to all addresses of the machine. */
async function listen(application: FastifyInstance, { host, port }: ServeSettings): Promise<Result<string>> {
  try {
    const listening = new URL(await application.listen({ host, port }));
    if (isUnspecified(host)) listening.hostname = hostname();
    return ok(listening.origin);
  } catch (error) {
    return err(`Nothing can listen at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
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
