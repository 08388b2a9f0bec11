import type { InstalledPackage } from '#model/index.ts';
import type { SbomDocument } from './document.ts';

/** Packages by the reference of their component. */
export type ByRef = ReadonlyMap<string, InstalledPackage>;

/** How a package is named in the `dependencies` of another one. */
export function dependencyName({ name, version }: InstalledPackage): string {
  return version === '' ? name : `${name}@${version}`;
}

/** What each package needs, and whether its project asks for it by name, put into the packages. */
export function withRelations(packages: ByRef, document: SbomDocument): InstalledPackage[] {
  const direct = directOf(packages, document);
  const needed = new Set([...document.needs.values()].flat());
  return [...packages].map(([ref, pkg]) => {
    const needs = document.needs.get(ref);
    const names = needs?.flatMap((one) => namesIn(packages, one, pkg)) ?? [];
    const relation = pkg.relation ?? relationOf(ref, direct, needed);
    const owner = packages.get(document.owners.get(ref) ?? '')?.purl;
    return {
      ...pkg,
      ...(needs && !isBareList(document) && { dependencies: [...new Set(names)].sort() }),
      ...(relation && { relation }),
      ...(owner !== undefined && { ownedBy: owner }),
    };
  });
}

function namesIn(packages: ByRef, ref: string, from: InstalledPackage): string[] {
  const to = packages.get(ref);
  return to === undefined || to.type !== from.type ? [] : [dependencyName(to)];
}

/** GitHub's snapshots have a list for each package, whether anything is known or not. */
function isBareList({ needs }: SbomDocument): boolean {
  return [...needs.values()].every((list) => list.length === 0);
}

/**
 * What the subject, or a lock file that stands for it, needs itself. Undefined when it is said to need everything: a list then, and
 * no graph.
 */
function directOf(packages: ByRef, document: SbomDocument): ReadonlySet<string> | undefined {
  const roots = [document.subject?.ref ?? '', ...document.components.filter(isRecord).map(({ ref }) => ref)];
  const direct = new Set(roots.flatMap((ref) => document.needs.get(ref) ?? []).filter((ref) => packages.has(ref)));
  const others = [...packages.keys()].filter((ref) => !roots.includes(ref));
  return direct.size === 0 || others.every((ref) => direct.has(ref)) ? undefined : direct;
}

function relationOf(ref: string, direct: ReadonlySet<string> | undefined, needed: ReadonlySet<string>) {
  if (direct === undefined) return undefined;
  if (direct.has(ref)) return 'direct' as const;
  return needed.has(ref) ? ('transitive' as const) : undefined;
}

/** Trivy lists a lock file as an application that needs what is in it. */
export function isRecord({ purl, properties }: SbomDocument['components'][number]): boolean {
  return purl === undefined && properties.get('aquasecurity:trivy:Class')?.[0] === 'lang-pkgs';
}

/** The lock file of each package, by reference: what it needs lies in it, and what that needs. */
export function recordsOf({ components, needs }: SbomDocument): Map<string, string> {
  const records = new Map<string, string>();
  for (const record of components.filter(isRecord)) {
    const waiting = [...(needs.get(record.ref) ?? [])];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      if (records.has(ref)) continue;
      records.set(ref, record.name);
      for (const next of needs.get(ref) ?? []) if (!records.has(next)) waiting.push(next);
    }
  }
  return records;
}
