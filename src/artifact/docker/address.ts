import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient, err, type HttpClient, ok, type Result, userAgent } from '#foundation/index.ts';
import type { Environment } from '../environment.ts';
import { asObject, asText, parseJsonObject } from '../image/json.ts';

/** A reachable engine API. */
export interface EngineApi {
  readonly client: HttpClient;
  /** `http://docker` or the TCP address; no trailing slash. */
  readonly base: string;
  /** Whether the engine may run on this machine, so that its files may be the ones we see. */
  readonly isLocal: boolean;
}

/** The address as Docker's own client finds it: DOCKER_HOST, the chosen context, the usual sockets. `none` when there is none. */
export async function dockerAddress(environment: Environment): Promise<string | 'none'> {
  const chosen = environment['DOCKER_HOST'];
  if (chosen) return chosen;
  const home = environment['HOME'] ?? homedir();
  const fromContext = await contextAddress(environment, environment['DOCKER_CONFIG'] || join(home, '.docker'));
  if (fromContext !== undefined) return fromContext;
  const runtime = environment['XDG_RUNTIME_DIR'];
  return firstSocket(['/var/run/docker.sock', ...(runtime ? [join(runtime, 'docker.sock')] : [])]);
}

export async function firstSocket(paths: readonly string[]): Promise<string | 'none'> {
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isSocket()) return `unix://${path}`;
  }
  return 'none';
}

async function contextAddress(environment: Environment, directory: string): Promise<string | undefined> {
  const config = await readJson(join(directory, 'config.json'));
  const name = environment['DOCKER_CONTEXT'] || asText(config['currentContext']);
  if (name === undefined || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(join(directory, 'contexts/meta', id, 'meta.json'));
  return asText(asObject(asObject(meta['Endpoints'])['docker'])['Host']);
}

async function readJson(path: string): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await readFile(path).catch(() => undefined);
  const document = bytes && parseJsonObject(bytes);
  return document?.ok ? document.value : {};
}

/** An engine may prepare an export for minutes before it sends anything. */
const common = { userAgent, timeouts: { idleMs: 10 * 60_000 } };

/** Makes a client for `unix:///path` and `tcp://host:port`, the latter with TLS when DOCKER_TLS_VERIFY is set. */
export async function connectEngine(address: string, environment: Environment): Promise<Result<EngineApi>> {
  const socketPath = /^unix:\/\/(\/.+)$/.exec(address)?.[1];
  if (socketPath !== undefined) {
    return ok({ client: createHttpClient({ ...common, socketPath }), base: 'http://docker', isLocal: true });
  }
  const host = /^tcp:\/\/([^/@]+)\/?$/.exec(address)?.[1];
  if (host === undefined)
    return err(
      `the address ${address.replace(/\/\/.*@/, '//').slice(0, 100)} is of a kind that is not supported (unix:// and tcp:// are)`,
    );
  if (!environment['DOCKER_TLS_VERIFY'])
    return ok({ client: createHttpClient(common), base: `http://${host}`, isLocal: false });
  const directory = environment['DOCKER_CERT_PATH'] || join(environment['HOME'] ?? homedir(), '.docker');
  const [ca, certificate, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(join(directory, name), 'utf8').catch(() => undefined)),
  );
  const client = createHttpClient({
    ...common,
    ca: ca === undefined ? [] : [ca],
    ...(certificate !== undefined && key !== undefined && { clientCertificate: { certificate, key } }),
  });
  return ok({ client, base: `https://${host}`, isLocal: false });
}
