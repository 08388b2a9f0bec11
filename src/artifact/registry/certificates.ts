import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';
import type { RegistryOptions } from './options.ts';

export interface RegistryTrust {
  readonly ca: readonly string[];
  readonly clientCertificate?: { readonly certificate: string; readonly key: string };
}

const MAX_FILE_BYTES = 1024 * 1024;

/**
 * What `certs.d/<host:port>/` holds for a registry, the way Docker and Podman read it: `*.crt` are authorities,
 * `<name>.cert` with `<name>.key` is the client's certificate. The user's own CA file comes on top.
 */
export async function registryTrust(registry: string, options: RegistryOptions): Promise<Result<RegistryTrust>> {
  const ca: string[] = [];
  let clientCertificate: RegistryTrust['clientCertificate'];
  if (options.caFile !== undefined) {
    const own = await readPem(options.caFile);
    if (own === undefined) return err(`the CA file ${options.caFile} cannot be read as PEM certificates`);
    ca.push(own);
  }
  for (const directory of certificateDirectories(options)) {
    const folder = join(directory, registry);
    const names = (await readdir(folder).catch(() => [])).sort();
    for (const name of names.slice(0, 100)) {
      if (name.endsWith('.crt')) ca.push((await readPem(join(folder, name))) ?? '');
      else if (name.endsWith('.cert')) clientCertificate ??= await readPair(join(folder, name));
    }
  }
  return ok({ ca: ca.filter((pem) => pem !== ''), ...(clientCertificate && { clientCertificate }) });
}

function certificateDirectories({
  certificateDirectories: given,
  environment = process.env,
}: RegistryOptions): readonly string[] {
  const home = environment['HOME'] ?? homedir();
  return given ?? [join(home, '.config/containers/certs.d'), '/etc/containers/certs.d', '/etc/docker/certs.d'];
}

async function readPair(certificatePath: string): Promise<RegistryTrust['clientCertificate']> {
  const certificate = await readPem(certificatePath);
  const key = await readPem(certificatePath.replace(/\.cert$/, '.key'));
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

async function readPem(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size > MAX_FILE_BYTES) return undefined;
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.includes('-----BEGIN ') ? text : undefined;
}
