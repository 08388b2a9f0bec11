import {
  asList,
  asMembers,
  asText,
  entriesOf,
  type Members,
  parseJsonText,
  textsOf,
} from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { scopesFrom } from '../graph.ts';
import { isInsideOf } from '../places.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';
import { plainJson } from './plain-json.ts';

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly isWorkspace: boolean;
  readonly info: Members;
}

/** Finds what a package means by a name; answers the key. */
type Find = (from: string, name: string) => string | undefined;

const MAX_KEY = 2048;

export function parseBunLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'bun-lock', 'bun lock file');
  if (isInsideOf(file.path, 'node_modules')) return records.result();
  const document = parseJsonText(plainJson(file.text()));
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined || !('lockfileVersion' in lock)) records.unreadable('is not a bun lock file');
  else addLock(lock, records);
  return records.result();
}

function addLock(lock: Members, records: RecordCollector): void {
  const entries = new Map<string, Entry>();
  for (const [key, value] of entriesOf(lock['packages'])) {
    const entry = key.length <= MAX_KEY ? entryOf(key, value) : undefined;
    if (entry) entries.set(key, entry);
    else records.unusable(key);
  }
  const find: Find = (from, name) => resolve(from, name, entries, records);
  const workspaces = workspacesOf(lock, entries);
  const roots = {
    runtime: workspaces.flatMap(({ key, info }) => keysNeeded(key, info, ['dependencies'], find)),
    optional: workspaces.flatMap(({ key, info }) =>
      keysNeeded(key, info, ['optionalDependencies', 'peerDependencies'], find),
    ),
    development: workspaces.flatMap(({ key, info }) => keysNeeded(key, info, ['devDependencies'], find)),
  };
  const needs = (key: string) => needsOf(entries.get(key), find);
  const scopes = scopesFrom(roots, needs);
  const direct = new Set([...roots.runtime, ...roots.optional, ...roots.development]);
  for (const { key, name, version, isWorkspace } of entries.values()) {
    if (isWorkspace) continue;
    const scope = scopes.get(key);
    records.add({
      name,
      version,
      relation: direct.has(key) ? 'direct' : 'transitive',
      dependencies: needs(key).flatMap((wanted) => {
        const found = entries.get(wanted);
        return found ? [reference(found)] : [];
      }),
      ...(scope && scope !== 'runtime' && { scope }),
    });
  }
}

/** `["chalk@5.3.0", "", { "dependencies": {...} }, "sha512-..."]`: what stands behind the name differs by where it comes from. */
function entryOf(key: string, value: unknown): Entry | undefined {
  const items = asList(value) ?? [];
  const id = asText(items[0]) ?? '';
  const at = id.indexOf('@', 1);
  if (at === -1) return undefined;
  const place = id.slice(at + 1);
  const isWorkspace = place.startsWith('workspace:');
  return {
    key,
    name: id.slice(0, at),
    version: /^\d/.test(place) ? place : '',
    isWorkspace,
    info: items.map(asMembers).find((info) => info !== undefined) ?? {},
  };
}

/** The projects themselves, with the key under which others of the workspace know them; none for the one at the root. */
function workspacesOf(
  lock: Members,
  entries: ReadonlyMap<string, Entry>,
): { readonly key: string; readonly info: Members }[] {
  return entriesOf(lock['workspaces']).flatMap(([path, value]) => {
    const info = asMembers(value);
    const name = asText(info?.['name']) ?? '';
    return info ? [{ key: path !== '' && entries.has(name) ? name : '', info }] : [];
  });
}

function needsOf(entry: Entry | undefined, find: Find): string[] {
  if (entry === undefined) return [];
  const { key, info, isWorkspace } = entry;
  if (isWorkspace) return [];
  const optionalPeers = new Set(textsOf(info['optionalPeers']));
  const peers = entriesOf(info['peerDependencies'])
    .map(([name]) => name)
    .filter((name) => !optionalPeers.has(name));
  const needed = ['dependencies', 'optionalDependencies'].flatMap((kind) =>
    entriesOf(info[kind]).map(([name]) => name),
  );
  return [...needed, ...peers].flatMap((name) => find(key, name) ?? []);
}

function keysNeeded(from: string, info: Members, kinds: readonly string[], find: Find): string[] {
  return kinds.flatMap((kind) => entriesOf(info[kind])).flatMap(([name]) => find(from, name) ?? []);
}

/** A package of its own for one that needs it has the key `parent/name`; others are found further up. */
function resolve(
  from: string,
  name: string,
  entries: ReadonlyMap<string, Entry>,
  records: RecordCollector,
): string | undefined {
  for (let parent = from; parent !== ''; parent = parentOf(parent)) {
    if (!records.mayLookUp(parent)) return undefined;
    const key = `${parent}/${name}`;
    if (entries.has(key)) return key;
  }
  return entries.has(name) ? name : undefined;
}

function parentOf(key: string): string {
  const slash = key.lastIndexOf('/');
  if (slash === -1) return '';
  const above = key.slice(0, slash);
  // `a/@scope/b`: the scope is part of the last name.
  const last = above.slice(above.lastIndexOf('/') + 1);
  if (!last.startsWith('@')) return above;
  return above.slice(0, Math.max(0, above.lastIndexOf('/')));
}
