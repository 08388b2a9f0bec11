import { asMembers, parseJsonText } from '#foundation/documents/index.ts';

/** Settings of the daemon by the names that `daemon.json` has for them. Values as JSON has them; those of flags are texts, lists of texts or booleans. */
export type DaemonSettings = ReadonlyMap<string, unknown>;

/** Flags that may be repeated, and the members that hold their list. A setting may stand in the file or on the command line, not in both, but lists. */
const listMembers: ReadonlyMap<string, string> = new Map([
  ['authorization-plugin', 'authorization-plugins'],
  ['default-ulimit', 'default-ulimits'],
  ['dns', 'dns'],
  ['exec-opt', 'exec-opts'],
  ['host', 'hosts'],
  ['insecure-registry', 'insecure-registries'],
  ['label', 'labels'],
  ['log-opt', 'log-opts'],
  ['registry-mirror', 'registry-mirrors'],
  ['storage-opt', 'storage-opts'],
]);

/** Flags that take no word of their own: `--icc=false`. */
const booleans = new Set([
  'debug',
  'experimental',
  'icc',
  'ip-forward',
  'ip-masq',
  'ip6tables',
  'iptables',
  'ipv6',
  'live-restore',
  'no-new-privileges',
  'rootless',
  'selinux-enabled',
  'tls',
  'tlsverify',
  'userland-proxy',
  'validate',
]);

const shortNames: ReadonlyMap<string, string> = new Map([
  ['D', 'debug'],
  ['H', 'host'],
  ['l', 'log-level'],
  ['g', 'data-root'],
  ['G', 'group'],
  ['s', 'storage-driver'],
  ['b', 'bridge'],
  ['p', 'pidfile'],
]);

/** The settings on a command line of dockerd, without its first word. */
export function settingsOfArguments(words: readonly string[]): DaemonSettings {
  const settings = new Map<string, unknown>();
  for (let at = 0; at < words.length; at++) {
    const flag = flagOf(words[at] ?? '');
    if (flag === undefined) continue;
    const isBoolean = booleans.has(flag.name);
    const value = flag.value ?? (isBoolean ? 'true' : words[++at]);
    if (value === undefined) break;
    set(settings, flag.name, isBoolean ? booleanOf(value) : value);
  }
  return settings;
}

function flagOf(word: string): { name: string; value?: string } | undefined {
  const long = /^--([a-z0-9][a-z0-9-]{0,63})(?:=(.*))?$/s.exec(word);
  if (long) return { name: long[1] ?? '', ...(long[2] !== undefined && { value: long[2] }) };
  const short = /^-([A-Za-z])=?(.*)$/s.exec(word);
  const name = shortNames.get(short?.[1] ?? '');
  if (short === null || name === undefined) return undefined;
  return { name, ...(short[2] && { value: short[2] }) };
}

function set(settings: Map<string, unknown>, name: string, value: unknown): void {
  const member = listMembers.get(name);
  if (member === undefined) settings.set(name, value);
  else settings.set(member, [...listAt(settings, member), value]);
}

/** As Go reads booleans; undefined for what is none, with which the daemon does not start. */
function booleanOf(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/** The members of `daemon.json`; undefined where it is no object of JSON: the daemon does not start with it. An empty file has none. */
export function settingsOfFile(text: string): DaemonSettings | undefined {
  if (text.trim() === '') return new Map();
  const json = parseJsonText(text);
  const members = json.ok ? asMembers(json.value) : undefined;
  return members && new Map(Object.entries(members).filter(([, value]) => value !== null));
}

/** Both together: lists are joined; of anything else the daemon wants one only, and the command line is what it runs with. */
export function mergedSettings(file: DaemonSettings, flags: DaemonSettings): DaemonSettings {
  const merged = new Map(file);
  for (const [name, value] of flags)
    merged.set(name, Array.isArray(value) && Array.isArray(file.get(name)) ? [...listAt(file, name), ...value] : value);
  return merged;
}

function listAt(settings: DaemonSettings, name: string): unknown[] {
  const value = settings.get(name);
  return Array.isArray(value) ? value : [];
}
