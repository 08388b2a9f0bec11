import { asMembers, asText, entriesOf, type Members, parseJson } from '#foundation/documents/index.ts';
import type { PackageScope } from '#model/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { type PackageRecord, type ParsedRecords, RecordCollector } from '../records.ts';

export interface ProjectFile extends ParsedRecords {
  /** It has `workspaces`: the projects below share its lock file. */
  readonly isWorkspace: boolean;
}

const KINDS: readonly (readonly [member: string, scope: PackageScope])[] = [
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'development'],
];

export function parseProjectFile(file: InputFile): ProjectFile {
  const collector = new RecordCollector(file, 'package-json', 'package.json');
  const document = parseJson(file);
  const manifest = document.ok ? asMembers(document.value) : undefined;
  if (manifest === undefined) collector.unreadable(document.ok ? 'is no JSON object' : document.error);
  for (const [member, scope] of KINDS) addAll(manifest?.[member], scope, collector);
  return { ...collector.result(), isWorkspace: manifest !== undefined && isWorkspace(manifest) };
}

function isWorkspace(manifest: Members): boolean {
  return Array.isArray(manifest['workspaces']) || asMembers(manifest['workspaces']) !== undefined;
}

function addAll(list: unknown, scope: PackageScope, collector: RecordCollector): void {
  for (const [name, value] of entriesOf(list)) {
    const range = asText(value);
    if (range === undefined) collector.unusable(name);
    else if (!OWN.test(range)) add(name, range.trim(), scope, collector);
  }
}

/** Folders of the project's own, which no registry knows. */
const OWN = /^(?:file|link|portal|workspace):/;
const EXACT = /^[=v]{0,2}(\d{1,20}\.\d{1,20}\.\d{1,20}(?:[-+][\w.+-]{1,100})?)$/;
const ADDRESS = /^(?:git[a-z+]*|https?|ssh|github|gitlab|bitbucket|gist):|^[\w.-]{1,100}\/[\w.-]{1,200}(?:#|$)/;

/** `1.2.3` pins; `^1.2.3`, `*` and `latest` do not. `npm:other@1.2.3` is another package under this name. */
function add(key: string, range: string, scope: PackageScope, collector: RecordCollector): void {
  const [, alias, aliasRange] = /^npm:(@?[^@]{1,300})(?:@(.{1,300}))?$/.exec(range) ?? [];
  const version = EXACT.exec(alias === undefined ? range : (aliasRange ?? ''))?.[1];
  const record: Omit<PackageRecord, 'version'> = {
    name: alias ?? key,
    relation: 'direct',
    ...(scope !== 'runtime' && { scope }),
    ...(ADDRESS.test(range) && originOf(range)),
  };
  if (version === undefined) collector.unpinned(record);
  else collector.add({ ...record, version });
}

function originOf(range: string): { qualifiers?: { [key: string]: string } } {
  if (range.length > 500) return {};
  if (/^https?:/.test(range) && !/\.git(?:#|$)/.test(range)) return { qualifiers: { download_url: range } };
  return { qualifiers: { vcs_url: /^\w[\w+]*:/.test(range) ? range : `git+https://github.com/${range}` } };
}
