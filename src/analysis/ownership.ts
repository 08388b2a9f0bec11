import { type InstalledPackage, isSystemPackage, pathsIn } from '#model/index.ts';

/**
 * Marks the libraries that a system package brought: the record that names them is one of its files. Which makes them that
 * package's business: see `InstalledPackage.ownedBy`.
 */
export function markOwned(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const evidence = new Set(packages.filter(isInstalledLibrary).map(({ origin }) => fileOf(origin.path)));
  if (evidence.size === 0) return [...packages];
  const owners = ownersOf(evidence, packages);
  return packages.map((pkg) => {
    const owner = isInstalledLibrary(pkg) ? owners.get(fileOf(pkg.origin.path)) : undefined;
    return owner === undefined ? pkg : { ...pkg, ownedBy: owner };
  });
}

/** A note in a program names a system package and is evidence all the same. */
function isInstalledLibrary({ type, evidence, cataloger }: InstalledPackage): boolean {
  return evidence === 'installed' && (!isSystemPackage(type) || cataloger === 'elf-package-note');
}

function ownersOf(evidence: ReadonlySet<string>, packages: readonly InstalledPackage[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { files, purl } of packages) {
    if (files === undefined) continue;
    for (const path of pathsIn(files)) {
      const file = withoutUsr(path);
      if (evidence.has(file)) owners.set(file, purl);
    }
  }
  return owners;
}

/** The file of the file system, when the record lies inside an archive. */
function fileOf(path: string): string {
  const inside = path.indexOf('!/');
  return withoutUsr(inside === -1 ? path : path.slice(0, inside));
}

/** Where /lib is a link to /usr/lib, package databases name files by either. */
export function withoutUsr(path: string): string {
  return /^usr\/s?(?:bin|lib(?:32|64|x32)?)\//.test(path) ? path.slice(4) : path;
}
