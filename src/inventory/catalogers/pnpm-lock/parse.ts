import { asMembers, asText, entriesOf, type Members, parseYaml } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { scopesFrom } from '../graph.ts';
import { isInsideOf } from '../places.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';
import { keyOf, type PnpmName, parseKey, withoutPeers } from './key.ts';

export function parsePnpmLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'pnpm-lock', 'pnpm lock file');
  if (isInsideOf(file.path, 'node_modules')) return records.result();
  const yaml = parseYaml(file);
  if (!yaml.ok) {
    records.unreadable(yaml.error);
    return records.result();
  }
  const { documents, unreadableLines } = yaml.value;
  const locks = documents.map(asMembers).filter((document) => document && 'lockfileVersion' in document);
  if (locks.length === 0) records.unreadable('is not a pnpm lock file');
  else if (unreadableLines > 0) {
    const message = 'Lines of a pnpm lock file could not be read; the packages they belong to may be missing.';
    records.problem('line-unreadable', message, 'incomplete');
  }
  // Since version 9 a first document may hold pnpm itself and its plug-ins.
  for (const lock of locks) if (lock) addLock(lock, records);
  return records.result();
}

interface Entry extends PnpmName {
  readonly key: string;
  readonly needs: readonly string[];
  /** What versions 5 and 6 say themselves. */
  readonly scope: PackageScope | undefined;
}

function addLock(lock: Members, records: RecordCollector): void {
  const version = Number.parseFloat(asText(lock['lockfileVersion']) ?? '');
  const entries = entriesIn(lock, version, records);
  const roots = rootsOf(lock, version);
  const known = (key: string) => entries.get(key) ?? entries.get(withoutPeers(key));
  const scopes = scopesFrom(roots, (key) => known(key)?.needs ?? []);
  const direct = new Set([...roots.runtime, ...roots.optional, ...roots.development].map(withoutPeers));
  for (const entry of entries.values()) {
    const scope = scopeOf(entry.scope, scopes.get(entry.key));
    records.add({
      name: entry.name,
      version: entry.version,
      relation: direct.has(withoutPeers(entry.key)) ? 'direct' : 'transitive',
      ...(scope && scope !== 'runtime' && { scope }),
      dependencies: entry.needs.flatMap((key) => {
        const found = known(key);
        return found ? [reference(found)] : [];
      }),
    });
  }
}

/** Version 9 has what is needed in `snapshots`, one for each set of peers, and the packages themselves in `packages`. */
function entriesIn(lock: Members, version: number, records: RecordCollector): Map<string, Entry> {
  const packages = new Map(entriesOf(lock['packages']));
  const entries = new Map<string, Entry>();
  const snapshots = entriesOf(lock['snapshots']);
  const inSnapshots = new Set(snapshots.map(([key]) => withoutPeers(key)));
  for (const [key, value] of [...snapshots, ...[...packages].filter(([name]) => !inSnapshots.has(name))]) {
    const entry = asMembers(value) ?? {};
    const described = asMembers(packages.get(withoutPeers(key))) ?? entry;
    const named = nameOf(key, described, version);
    if (named) entries.set(key, { ...named, key, needs: needsOf(entry, version), scope: ownScope(entry) });
    else records.unusable(key);
  }
  return entries;
}

function nameOf(key: string, entry: Members, lockfileVersion: number): PnpmName | undefined {
  const fromKey = parseKey(key, lockfileVersion);
  const bare = withoutPeers(key);
  const at = bare.indexOf('@', 1);
  const name =
    asText(entry['name']) ?? fromKey?.name ?? (lockfileVersion >= 9 && at > 0 ? bare.slice(0, at) : undefined);
  const version = asText(entry['version']) ?? fromKey?.version ?? (name && lockfileVersion >= 9 ? '' : undefined);
  return name === undefined || version === undefined ? undefined : { name, version };
}

function ownScope(entry: Members): PackageScope | undefined {
  if (asText(entry['dev']) === 'true') return 'development';
  if (asText(entry['optional']) === 'true') return 'optional';
  return asText(entry['dev']) === 'false' ? 'runtime' : undefined;
}

function needsOf(entry: Members, version: number): string[] {
  return ['dependencies', 'optionalDependencies'].flatMap((kind) => keysIn(entry[kind], version));
}

/** Version 9 marks what is optional and leaves it to the graph what is for development. */
function scopeOf(said: PackageScope | undefined, reached: PackageScope | undefined): PackageScope | undefined {
  return said === 'optional' && reached === 'development' ? reached : (said ?? reached);
}

interface PnpmRoots {
  readonly runtime: string[];
  readonly optional: string[];
  readonly development: string[];
}

/** What the projects of the workspace ask for; a lock file of one project may have it at the top. */
function rootsOf(lock: Members, version: number): PnpmRoots {
  const importers = entriesOf(lock['importers']).map(([, importer]) => importer);
  const roots: PnpmRoots = { runtime: [], optional: [], development: [] };
  for (const project of importers.length > 0 ? importers : [lock]) {
    const asked = (kind: string) => keysIn(asMembers(project)?.[kind], version);
    roots.runtime.push(...asked('dependencies'));
    roots.optional.push(...asked('optionalDependencies'));
    for (const kind of ['devDependencies', 'configDependencies', 'packageManagerDependencies'])
      roots.development.push(...asked(kind));
  }
  return roots;
}

/** `name: reference`, or since version 6 `name: { specifier, version }`. */
function keysIn(value: unknown, version: number): string[] {
  return entriesOf(value).flatMap(([name, wanted]) => {
    const text = asText(wanted) ?? asText(asMembers(wanted)?.['version']);
    return text === undefined || text.startsWith('link:') ? [] : [keyOf(name, text, version)];
  });
}
