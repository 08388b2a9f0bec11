import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';

/**
 * The directories in which Podman, Buildah and CRI-O keep images (containers/storage), first the user's own: from
 * `storage.conf` where there is one, otherwise the built-in places.
 */
export async function storageRoots(environment: Environment): Promise<readonly string[]> {
  const home = environment['HOME'] ?? homedir();
  const isRoot = process.getuid?.() === 0;
  const settings = await readSettings(environment, home, isRoot);
  const data = environment['XDG_DATA_HOME'] || join(home, '.local/share');
  const builtIn = isRoot ? '/var/lib/containers/storage' : join(data, 'containers/storage');
  const own = (isRoot ? settings.graphroot : (settings.rootlessPath ?? settings.graphroot)) ?? builtIn;
  const roots = [own, ...settings.additional].map((path) => expand(path, home));
  return [...new Set(roots.filter((path) => path.startsWith('/')))];
}

interface StorageSettings {
  readonly graphroot?: string;
  readonly rootlessPath?: string;
  readonly additional: readonly string[];
}

async function readSettings(environment: Environment, home: string, isRoot: boolean): Promise<StorageSettings> {
  const chosen = environment['CONTAINERS_STORAGE_CONF'];
  if (chosen) return (await readSettingsFile(chosen)) ?? { additional: [] };
  const config = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  const own = isRoot ? undefined : await readSettingsFile(join(config, 'containers/storage.conf'));
  const settings = own ?? (await readSystemSettings()) ?? { additional: [] };
  if (own !== undefined || isRoot) return settings;
  // The graph root of the system's file is root's; only the path for others and the shared stores mean us.
  const { rootlessPath, additional } = settings;
  return { additional, ...(rootlessPath !== undefined && { rootlessPath }) };
}

async function readSystemSettings(): Promise<StorageSettings | undefined> {
  return (
    (await readSettingsFile('/etc/containers/storage.conf')) ?? readSettingsFile('/usr/share/containers/storage.conf')
  );
}

async function readSettingsFile(path: string): Promise<StorageSettings | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseStorageSettings(text);
}

/** The few settings that say where images are. They are plain strings and one list of strings; no more of TOML is needed. */
export function parseStorageSettings(text: string): StorageSettings {
  const lines = text.slice(0, 256 * 1024).replace(/^[ \t]*#[^\n]*$/gm, '');
  const setting = (name: string) =>
    new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*["']([^"'\\n]{1,1000})["']`, 'm').exec(lines)?.[1];
  const list = /^[ \t]*additionalimagestores[ \t]*=[ \t]*\[([^\]]{0,10000})\]/m.exec(lines)?.[1] ?? '';
  const graphroot = setting('graphroot');
  const rootlessPath = setting('rootless_storage_path');
  return {
    ...(graphroot !== undefined && { graphroot }),
    ...(rootlessPath !== undefined && { rootlessPath }),
    additional: [...list.matchAll(/["']([^"'\n]+)["']/g)].map((match) => match[1] ?? ''),
  };
}

function expand(path: string, home: string): string {
  return path.replace(/^~(?=\/)|\$HOME\b/g, home).replace(/\$UID\b/g, String(process.getuid?.() ?? 0));
}
