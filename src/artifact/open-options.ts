import type { Platform } from './artifact.ts';
import type { Environment } from './environment.ts';
import type { ImageWish } from './image/resolve.ts';
import type { RegistryOptions } from './registry/options.ts';
import type { SpoolDirectory } from './spool-directory.ts';

export interface OpenOptions {
  /** `linux/arm64/v8` or `arm64`; this machine's by default. */
  readonly platform?: string;
  readonly registries?: RegistryOptions;
  readonly signal: AbortSignal;
  /** Where temporary files go (layers from registries, unpacked archives); the system's temporary directory by default. */
  readonly spoolDirectory?: string;
  /** Where DOCKER_HOST, CONTAINERS_STORAGE_CONF and the like are read; `process.env` by default. */
  readonly environment?: Environment;
}

/** What every way to open an image needs to know. */
export interface OpenContext {
  readonly platform: Platform | undefined;
  readonly registries: RegistryOptions;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  newSpool(): SpoolDirectory;
}

export function wishFor(name: string, { platform, signal }: OpenContext): ImageWish {
  return { name, signal, ...(platform && { platform }) };
}
