import type { Environment } from '../environment.ts';

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
