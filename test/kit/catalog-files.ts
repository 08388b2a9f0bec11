import type { Problem } from '#foundation/index.ts';
import type { Cataloger, Json } from '#inventory/index.ts';
import type { Package } from '#model/index.ts';
import { inputFile } from './input-file.ts';

/** What a cataloger makes of files by path, all in one layer. */
export function catalogFiles<F extends Json>(
  cataloger: Cataloger<F>,
  files: Readonly<Record<string, string | Uint8Array>>,
): { packages: Package[]; problems: Problem[] } {
  const readings = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ path, ...cataloger.read(inputFile(path, content)) }));
  const visible = readings.flatMap(({ path, fragment }) => (fragment ? [{ path, fragment, layer: 0, older: [] }] : []));
  const assembly = cataloger.assemble(visible, {});
  return {
    packages: assembly.packages.map((found) => found.package),
    problems: [...readings.flatMap(({ problems }) => problems), ...assembly.problems],
  };
}

/** One line a package, of what is there: `name version [scope] [relation] (licences) > dependencies`. */
export function packageLine(found: Package): string {
  const { name, version, scope, relation, licences, dependencies, qualifiers } = found;
  const words = [name, version, scope, relation, licences.length > 0 && `(${licences.join(', ')})`];
  const more = Object.entries(qualifiers ?? {}).map(([key, value]) => `${key}=${value}`);
  const needs = dependencies && dependencies.length > 0 ? ['>', ...dependencies] : [];
  return [...words, ...more, ...needs].filter(Boolean).join(' ');
}

/** `code count`, one a problem. */
export function problemLine({ code, count }: Problem): string {
  return `${code} ${count ?? 1}`;
}
