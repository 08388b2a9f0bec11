import { asList, asMembers, asText, entriesOf } from '#foundation/documents/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { scopesFrom } from '../graph.ts';
import { type LockedPackage, PackageIndex, readPythonLock } from '../python-lock.ts';
import { type ParsedRecords, RecordCollector, reference } from '../records.ts';

export function parseUvLock(file: InputFile): ParsedRecords {
  const records = new RecordCollector(file, 'uv-lock', 'uv lock file');
  const packages = readPythonLock(file, 'package', records)?.packages ?? [];
  const index = new PackageIndex(packages);
  const needs = (value: unknown): string[] => referencesIn(value, index);
  const byReference = new Map(packages.map((found) => [reference(found), found]));
  const projects = packages.filter(isProject);
  const roots = {
    runtime: projects.flatMap(({ table }) => needs(table['dependencies'])),
    optional: projects.flatMap(({ table }) => grouped(table['optional-dependencies']).flatMap(needs)),
    development: projects.flatMap(({ table }) => grouped(table['dev-dependencies']).flatMap(needs)),
  };
  const direct = new Set([...roots.runtime, ...roots.optional, ...roots.development]);
  const scopes = scopesFrom(roots, (id) => needsOf(byReference.get(id), needs));
  for (const found of packages) {
    const scope = isProject(found) ? undefined : scopes.get(reference(found));
    records.add({
      name: found.name,
      version: found.version,
      ...(projects.length > 0 && {
        relation: isProject(found) ? 'root' : direct.has(reference(found)) ? 'direct' : 'transitive',
      }),
      dependencies: needsOf(found, needs),
      ...(scope && scope !== 'runtime' && { scope }),
    });
  }
  return records.result();
}

/** The members of the workspace: `source = { virtual = "." }` or `{ editable = "packages/core" }`. */
function isProject({ table }: LockedPackage): boolean {
  const source = asMembers(table['source']);
  return source !== undefined && ('virtual' in source || 'editable' in source);
}

/** Of a dependency, the extras that were asked for of it are needed as well; which ones is not told apart. */
function needsOf(found: LockedPackage | undefined, needs: (value: unknown) => string[]): string[] {
  if (found === undefined) return [];
  const own = needs(found.table['dependencies']);
  if (isProject(found)) return own;
  return [...own, ...grouped(found.table['optional-dependencies']).flatMap(needs)];
}

/** `{ name = "idna" }`; with a `version` where several are locked. */
function referencesIn(value: unknown, index: PackageIndex): string[] {
  return (asList(value) ?? []).flatMap((item) => {
    const need = asMembers(item);
    const name = asText(need?.['name']);
    return name ? index.references(name, asText(need?.['version'])) : [];
  });
}

function grouped(value: unknown): unknown[] {
  return entriesOf(value).map(([, list]) => list);
}
