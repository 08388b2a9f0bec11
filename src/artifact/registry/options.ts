import { err, ok, type Result } from '#foundation/index.ts';
import type { Environment } from '../environment.ts';
import { isHostWithPort } from '../reference/reference.ts';

/** How registries are talked to. Everything is optional; the container tools' own configuration fills the rest. */
export interface RegistryOptions {
  /** For the registry of the reference only, never for mirrors. Stronger than stored logins. */
  readonly username?: string;
  readonly password?: string;
  /** PEM file of certificates to trust beside the system's and those in `certs.d`. */
  readonly caFile?: string;
  /** Accepts any certificate. */
  readonly insecureTls?: boolean;
  /** Speaks HTTP without TLS, and sends credentials over it. On loopback HTTP is tried without this. */
  readonly plainHttp?: boolean;
  /** `host=mirror`, e.g. `docker.io=mirror.example/hub`; asked in order before the registry itself. */
  readonly mirrors?: readonly string[];
  /** Hosts of token services that may get the password although they look unrelated to the registry. */
  readonly allowedRealms?: readonly string[];
  /** Where HOME, DOCKER_CONFIG, REGISTRY_AUTH_FILE and the like are read; `process.env` by default. */
  readonly environment?: Environment;
  /** Directories of the system's registry configuration; the usual ones by default. */
  readonly certificateDirectories?: readonly string[];
}

/** A place that serves a registry's content: its host and, for pull-through caches, a path before the repository. */
export interface Mirror {
  readonly host: string;
  readonly pathPrefix: string;
}

/** The mirrors for one registry, in the user's order. */
export function mirrorsFor(registry: string, options: RegistryOptions): Result<readonly Mirror[]> {
  const mirrors: Mirror[] = [];
  for (const text of options.mirrors ?? []) {
    const mirror = parseMirror(text);
    if (!mirror)
      return err(
        `not a registry mirror: ${JSON.stringify(text.slice(0, 200))}; write it like docker.io=mirror.example`,
      );
    if (mirror.registry === registry) mirrors.push(mirror);
  }
  return ok(mirrors);
}

function parseMirror(text: string): (Mirror & { readonly registry: string }) | undefined {
  const [registry = '', place = '', ...more] = text.split('=');
  const slash = place.indexOf('/');
  const host = slash < 0 ? place : place.slice(0, slash);
  const pathPrefix = slash < 0 ? '' : place.slice(slash + 1).replace(/\/$/, '');
  const valid =
    more.length === 0 && isHostWithPort(registry) && isHostWithPort(host) && /^[a-z0-9._/-]{0,200}$/.test(pathPrefix);
  if (!valid || pathPrefix.split('/').includes('..')) return undefined;
  return { registry, host, pathPrefix };
}
