import { asMembers, asText, entriesOf, type Members } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import { licencesOf } from '../npm-licence.ts';
import { type RecordCollector, reference } from '../records.ts';

const MODULES = 'node_modules/';
const MAX_PATH = 2048;

interface Located {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly entry: Members;
}

/** `packages` of versions 2 and 3: by path, the empty path for the project itself. */
export function addPackages(packages: unknown, records: RecordCollector): void {
  const entries = new Map<string, Members>();
  for (const [path, entry] of entriesOf(packages)) {
    const members = asMembers(entry);
    if (members && path.length <= MAX_PATH) entries.set(path, members);
    else records.unusable(path);
  }
  const located = locate(entries);
  const byPath = new Map(located.map((found) => [found.path, found]));
  const atPath = (path: string) => byPath.get(linkTarget(entries.get(path)) ?? path);
  const direct = new Set(directPaths(entries, atPath));
  for (const found of located) {
    const { path, name, version, entry } = found;
    if (path === '') continue;
    const scope = scopeOf(entry);
    records.add({
      name,
      version,
      relation: direct.has(path) ? 'direct' : 'transitive',
      dependencies: neededBy(found, atPath, records),
      licences: licencesOf(entry),
      ...(scope && { scope }),
    });
  }
}

/** Links are other names of the packages they lead to, which are elsewhere in the list. */
function locate(entries: ReadonlyMap<string, Members>): Located[] {
  const linkNames = new Map<string, string>();
  for (const [path, entry] of entries) {
    const target = linkTarget(entry);
    if (target !== undefined) linkNames.set(target, nameAt(path));
  }
  return [...entries].flatMap(([path, entry]) => {
    if (linkTarget(entry) !== undefined) return [];
    const name = asText(entry['name']) ?? linkNames.get(path) ?? nameAt(path);
    return [{ path, name, version: versionOf(entry), entry }];
  });
}

function linkTarget(entry: Members | undefined): string | undefined {
  return entry?.['link'] === true ? asText(entry['resolved']) : undefined;
}

/** The name by which others ask for what lies at a path; an alias where the entry has a `name` of its own. */
function nameAt(path: string): string {
  const at = path.lastIndexOf(MODULES);
  return at === -1 ? path.slice(path.lastIndexOf('/') + 1) : path.slice(at + MODULES.length);
}

function versionOf(entry: Members): string {
  return asText(entry['version']) ?? '';
}

function scopeOf(entry: Members): PackageScope | undefined {
  if (entry['dev'] === true) return 'development';
  return entry['optional'] === true || entry['devOptional'] === true ? 'optional' : undefined;
}

const KINDS = ['dependencies', 'optionalDependencies', 'peerDependencies'];

function neededBy(
  { path, entry }: Located,
  atPath: (path: string) => Located | undefined,
  records: RecordCollector,
): string[] {
  return KINDS.flatMap((kind) => entriesOf(entry[kind])).flatMap(([name]) => {
    const found = resolve(path, name, atPath, records);
    return found && found.path !== path ? [reference(found)] : [];
  });
}

/** As Node.js looks for a module: beside the package's own modules, then one package further out at a time. */
function resolve(
  from: string,
  name: string,
  atPath: (path: string) => Located | undefined,
  records: RecordCollector,
): Located | undefined {
  for (let folder = from; folder !== ''; folder = enclosing(folder)) {
    if (!records.mayLookUp(folder)) return undefined;
    const found = atPath(`${folder}/${MODULES}${name}`);
    if (found) return found;
  }
  return atPath(`${MODULES}${name}`);
}

function enclosing(path: string): string {
  const at = path.lastIndexOf(MODULES);
  if (at > 0) return path.slice(0, at - 1);
  return at === 0 ? '' : path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What the project asks for by name, and its own workspaces. */
function directPaths(entries: ReadonlyMap<string, Members>, atPath: (path: string) => Located | undefined): string[] {
  const project = entries.get('');
  const asked = [...KINDS, 'devDependencies'].flatMap((kind) => entriesOf(project?.[kind]).map(([name]) => name));
  const workspaces = [...entries.keys()].filter((path) => path !== '' && !path.includes(MODULES));
  return [...asked.flatMap((name) => atPath(`${MODULES}${name}`)?.path ?? []), ...workspaces];
}
