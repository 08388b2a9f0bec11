import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../environment.ts';

/** Where the content of some names is to be had: one `[[registry]]` of registries.conf, the file that Podman and Skopeo share. */
export interface RegistrySetting {
  /** `docker.io`, `docker.io/library`, `*.example.com`: the names it is about. */
  readonly prefix: string;
  /** What stands in the place of the prefix: `host[:port][/path]`. */
  readonly location: string;
  readonly insecure: boolean;
  readonly blocked: boolean;
  readonly mirrors: readonly MirrorSetting[];
}

export interface MirrorSetting {
  readonly location: string;
  readonly insecure: boolean;
}

const MAX_FILE_CHARACTERS = 256 * 1024;

/** The settings of the first file found, overlaid by those of its `registries.conf.d`. */
export async function readRegistrySettings(environment: Environment): Promise<readonly RegistrySetting[]> {
  const chosen = environment['CONTAINERS_REGISTRIES_CONF'];
  const own = join(environment['XDG_CONFIG_HOME'] || join(environment['HOME'] ?? homedir(), '.config'), 'containers');
  const files = chosen ? [chosen] : [join(own, 'registries.conf'), '/etc/containers/registries.conf'];
  const folders = chosen ? [] : ['/etc/containers/registries.conf.d', join(own, 'registries.conf.d')];
  const settings = new Map<string, RegistrySetting>();
  for (const path of [...files.slice(0, 1 + (await firstMissing(files))), ...(await dropIns(folders))]) {
    const text = await readFile(path, 'utf8').catch(() => '');
    for (const setting of parseRegistrySettings(text)) settings.set(setting.prefix, setting);
  }
  return [...settings.values()];
}

/** 1 when the first file is not there and the second one counts. */
async function firstMissing([first = '']: readonly string[]): Promise<number> {
  return readFile(first).then(
    () => 0,
    () => 1,
  );
}

async function dropIns(folders: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => name.endsWith('.conf'))
        .sort()
        .slice(0, 100)
        .map((name) => join(folder, name));
    }),
  );
  return lists.flat();
}

/** Finds the most specific setting for a name, if there is one. */
export function settingFor(name: string, settings: readonly RegistrySetting[]): RegistrySetting | undefined {
  const fitting = settings.filter(({ prefix }) => startsWithPrefix(name, prefix));
  return fitting.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

function startsWithPrefix(name: string, prefix: string): boolean {
  const host = name.split('/')[0] ?? '';
  if (prefix.startsWith('*.')) return host.endsWith(prefix.slice(1));
  return name === prefix || name.startsWith(`${prefix}/`);
}

type Table = Record<string, string | boolean>;

interface RegistryTable {
  readonly own: Table;
  readonly mirrors: Table[];
}

/** Reads the tables that matter. Their members are texts and truth values on lines of their own; no more of TOML is needed. */
export function parseRegistrySettings(text: string): RegistrySetting[] {
  const registries: RegistryTable[] = [];
  let table: Table = {};
  for (const line of text.slice(0, MAX_FILE_CHARACTERS).split('\n')) {
    const header = /^[ \t]*(\[{1,2}[^\]]{0,100}\]{1,2})/.exec(line)?.[1]?.replace(/[ \t]/g, '');
    if (header === undefined) readMember(line, table);
    else table = openTable(header, registries);
  }
  return registries.flatMap(({ own, mirrors }) => toSetting(own, mirrors));
}

/** The table that the lines after this header fill; one that nobody looks at for all other headers. */
function openTable(header: string, registries: RegistryTable[]): Table {
  const table: Table = {};
  if (header === '[[registry]]') registries.push({ own: table, mirrors: [] });
  else if (header === '[[registry.mirror]]') registries.at(-1)?.mirrors.push(table);
  return table;
}

function readMember(line: string, table: Table): void {
  const member = /^[ \t]*([a-z-]{1,40})[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)'|(true|false)\b)/.exec(line);
  if (!member) return;
  const [, name = '', quoted, literal, truth] = member;
  table[name] = truth === undefined ? (quoted ?? literal ?? '') : truth === 'true';
}

function toSetting(own: Table, mirrors: readonly Table[]): RegistrySetting[] {
  const location = textOf(own['location']) ?? textOf(own['prefix']);
  const prefix = textOf(own['prefix']) ?? location;
  if (prefix === undefined || location === undefined) return [];
  return [
    {
      prefix,
      // A wildcard stands for the host itself.
      location: location.startsWith('*.') ? '' : location,
      insecure: own['insecure'] === true,
      blocked: own['blocked'] === true,
      mirrors: mirrors.flatMap((mirror) => {
        const place = textOf(mirror['location']);
        return place === undefined ? [] : [{ location: place, insecure: mirror['insecure'] === true }];
      }),
    },
  ];
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.replace(/\/$/, '') : undefined;
}
