import { asMembers, asText, entriesOf, type Members, parseJson, textsOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { isInsideOf } from '../places.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector, reference } from '../records.ts';

const JSR_REGISTRY = 'https://npm.jsr.io';

interface Entry {
  readonly record: Pick<PackageRecord, 'name' | 'version' | 'qualifiers'>;
  /** Keys of other entries: `npm:chalk@5.3.0`, or what stands in for one in `specifiers`. */
  readonly needs: readonly string[];
}

export function parseDenoLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'deno-lock', 'deno lock file');
  if (isInsideOf(file.path, 'node_modules')) return records.result();
  const document = parseJson(file);
  const lock = document.ok ? asMembers(document.value) : undefined;
  if (!document.ok) records.unreadable(document.error);
  else if (lock === undefined || !('version' in lock)) records.unreadable('is not a deno lock file');
  else addLock(lock, records);
  return records.result();
}

/** Version 3 has all of it under `packages`, version 2 under `npm`, later ones at the top. */
function addLock(lock: Members, records: RecordCollector): void {
  const v2 = asMembers(asMembers(lock['npm'])?.['packages']) && asMembers(lock['npm']);
  const body = asMembers(lock['packages']) ?? (v2 ? { npm: v2['packages'], specifiers: v2['specifiers'] } : lock);
  const entries = new Map<string, Entry>();
  for (const registry of ['npm', 'jsr'] as const) {
    for (const [key, value] of entriesOf(body[registry])) {
      const entry = entryOf(registry, key, value);
      if (entry) entries.set(`${registry}:${key}`, entry);
      else records.unusable(key);
    }
  }
  addEntries(entries, new Set(directKeys(lock, body)), specifiersOf(body), records);
}

function addEntries(
  entries: ReadonlyMap<string, Entry>,
  direct: ReadonlySet<string>,
  specifiers: ReadonlyMap<string, string>,
  records: RecordCollector,
): void {
  const shortNames = new Map([...entries.keys()].map((key) => [withoutVersion(key), key]));
  const find = (wanted: string) =>
    entries.get(wanted) ?? entries.get(specifiers.get(wanted) ?? '') ?? entries.get(shortNames.get(wanted) ?? '');
  const asked = new Set([...direct].map(find));
  for (const entry of entries.values()) {
    records.add({
      ...entry.record,
      ...(direct.size > 0 && { relation: asked.has(entry) ? 'direct' : 'transitive' }),
      dependencies: entry.needs.flatMap((wanted) => {
        const found = find(wanted);
        return found ? [reference(found.record)] : [];
      }),
    });
  }
}

/** `@std/path@1.0.8`; of npm also with the peers that were chosen, `eslint-utils@3.0.0_eslint@8.57.0`. */
function entryOf(registry: 'npm' | 'jsr', key: string, value: unknown): Entry | undefined {
  const at = key.indexOf('@', 1);
  if (at === -1) return undefined;
  const whole = key.slice(0, at);
  const version = key.slice(at + 1).replace(/_.*$/s, '');
  const needs = ['dependencies', 'optionalDependencies'].flatMap((kind) => needsIn(asMembers(value)?.[kind], registry));
  if (registry === 'npm') return { record: { name: whole, version }, needs };
  const [, scope = '', name = ''] = /^@([^/]+)\/(.+)$/s.exec(whole) ?? [];
  if (name === '') return undefined;
  return { record: { name: `@jsr/${scope}__${name}`, version, qualifiers: { repository_url: JSR_REGISTRY } }, needs };
}

/** `{ "a": "a@1.0.0" }` up to version 3; a list of `a@1.0.0`, or `a` where there is one only, later. JSR's name the registry. */
function needsIn(value: unknown, registry: 'npm' | 'jsr'): string[] {
  const names = Array.isArray(value) ? textsOf(value) : entriesOf(value).flatMap(([, need]) => textsOf(need));
  return names.map((name) => (/^(?:npm|jsr):/.test(name) ? name : `${registry}:${name}`));
}

/** What the code asks for and what it was given: `npm:chalk@5` is `npm:chalk@5.3.0`, since version 4 only `5.3.0`. */
function specifiersOf(body: Members): Map<string, string> {
  return new Map(
    entriesOf(body['specifiers']).flatMap(([asked, answer]) => {
      const text = asText(answer) ?? '';
      if (/^(?:npm|jsr):/.test(text)) return [[asked, text] as const];
      const wanted = /^(?:npm|jsr):/.test(asked) ? asked : `npm:${asked}`;
      const answered = /^\d/.test(text) ? `${withoutVersion(wanted)}@${text}` : `npm:${text}`;
      return [[wanted, answered] as const];
    }),
  );
}

function directKeys(lock: Members, body: Members): string[] {
  const workspace = asMembers(lock['workspace']);
  const projects = [workspace, ...entriesOf(workspace?.['members']).map(([, member]) => asMembers(member))];
  const asked = projects.flatMap((project) => [
    ...textsOf(project?.['dependencies']),
    ...textsOf(asMembers(project?.['packageJson'])?.['dependencies']),
  ]);
  // Without a workspace the specifiers are what the code itself imports; those of dependencies are not among them.
  return asked.length > 0 ? asked : [...specifiersOf(body).keys()];
}

function withoutVersion(key: string): string {
  const at = key.indexOf('@', key.indexOf(':') + 2);
  return at === -1 ? key : key.slice(0, at);
}
