import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { issueCertificate } from './certificate.ts';

/** A real registry on loopback, for tests. */
export interface DockerRegistry {
  readonly host: string;
  /** PEM file to trust, for a registry with TLS. */
  readonly caFile: string;
  stop(): Promise<void>;
}

export const registryLogin = { username: 'captain', password: 'load:line' };

/** Why a test that needs these programs cannot run, or false. */
export function missingPrograms(...programs: readonly string[]): string | false {
  const missing = programs.filter((program) => !isInstalled(program));
  return missing.length > 0 ? `not installed here: ${missing.join(', ')}` : false;
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Starts docker-registry with TLS by a certificate of its own and, on wish, basic authentication. */
export async function startDockerRegistry(
  directory: string,
  options: { readonly login?: boolean; readonly tls?: boolean } = {},
): Promise<DockerRegistry> {
  mkdirSync(join(directory, 'blobs'), { recursive: true });
  const host = `127.0.0.1:${await freePort()}`;
  const { certificate, key } = issueCertificate('127.0.0.1');
  const caFile = join(directory, 'ca.crt');
  writeFileSync(caFile, certificate);
  writeFileSync(join(directory, 'server.key'), key);
  const configuration = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'blobs') } },
    http: {
      addr: host,
      ...(options.tls !== false && { tls: { certificate: caFile, key: join(directory, 'server.key') } }),
    },
    ...(options.login && { auth: { htpasswd: { realm: 'test', path: passwordFile(directory) } } }),
  };
  // YAML reads JSON.
  writeFileSync(join(directory, 'config.yml'), JSON.stringify(configuration));
  const server = spawn('docker-registry', ['serve', join(directory, 'config.yml')], { stdio: 'ignore' });
  await answers(`${options.tls === false ? 'http' : 'https'}://${host}/v2/`, server);
  return { host, caFile, stop: () => stopped(server) };
}

function passwordFile(directory: string): string {
  const { username, password } = registryLogin;
  const path = join(directory, 'htpasswd');
  writeFileSync(path, execFileSync('htpasswd', ['-Bbn', username, password]));
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  const { createHttpClient } = await import('../../src/foundation/index.ts');
  const client = createHttpClient({ userAgent: 'test', insecure: true, proxyEnvironment: {} });
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`docker-registry ended with ${server.exitCode}`);
    const answer = await client.request(url);
    if (answer.ok) return client.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('docker-registry does not answer');
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}
