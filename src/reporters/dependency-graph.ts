import type { InstalledPackage } from '#model/index.ts';

/** What a package needs directly: ids of packages of the report, and the names of those that are not in it. */
export interface Needs {
  readonly ids: readonly string[];
  readonly missing: readonly string[];
}

/** The dependencies of every package whose records tell them, by the package's id; one entry for each id. */
export function dependencyGraph(
  packages: readonly InstalledPackage[],
  idOf: (one: InstalledPackage) => string,
): ReadonlyMap<string, Needs> {
  const byRecord = new Map(packages.map((one) => [recordKey(one, referenceTo(one)), idOf(one)]));
  const graph = new Map<string, Needs>();
  for (const one of packages) {
    const id = idOf(one);
    if (one.dependencies === undefined || graph.has(id)) continue;
    const ids = new Set<string>();
    const missing: string[] = [];
    for (const name of one.dependencies) {
      const needed = byRecord.get(recordKey(one, name));
      if (needed === undefined) missing.push(name);
      else ids.add(needed);
    }
    graph.set(id, { ids: [...ids], missing });
  }
  return graph;
}

/** Packages name what they need within the record that they stand in. */
function recordKey({ type, origin }: InstalledPackage, reference: string): string {
  return `${type}\0${origin.path}\0${reference}`;
}

function referenceTo({ name, version }: InstalledPackage): string {
  return version === '' ? name : `${name}@${version}`;
}
