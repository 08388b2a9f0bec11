import { z } from 'zod';
import type { StoredRegistry } from '#storage/index.ts';
import type { SecretBox } from '../secrets/index.ts';
import type { RegistryAccess } from './client.ts';

/** What of a registry is secret. */
export const registrySecrets = z.object({
  username: z.string().max(300).optional(),
  password: z.string().max(20_000).optional(),
  /** That notifications are verified by. */
  notificationSecret: z.string().max(1000).optional(),
});

export type RegistrySecrets = z.infer<typeof registrySecrets>;

export function openSecrets(
  secrets: SecretBox,
  { id, sealed }: Pick<StoredRegistry, 'id' | 'sealed'>,
): RegistrySecrets {
  return registrySecrets.parse(JSON.parse(secrets.open(sealed, `registry ${id}`)));
}

export function sealSecrets(secrets: SecretBox, id: string, given: RegistrySecrets): string {
  return secrets.seal(JSON.stringify(given), `registry ${id}`);
}

export function accessOf(secrets: SecretBox, registry: StoredRegistry): RegistryAccess {
  const { username, password } = openSecrets(secrets, registry);
  return {
    url: registry.url,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
}

/** As assets of it are called: `registry.example/team/app`. */
export function assetName({ url }: Pick<StoredRegistry, 'url'>, repository: string): string {
  const { host } = new URL(url);
  return `${host === 'registry-1.docker.io' ? 'docker.io' : host}/${repository}`;
}
