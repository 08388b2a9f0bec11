import { type InstalledPackage, isSystemPackage, packageType } from '#model/index.ts';

/** Catalogers that tell from a program alone what it is: all there is of programs that were copied in, a repetition of others. */
const BY_CONTENT: ReadonlySet<string> = new Set(['binary-product', 'elf-package-note', 'jvm-release']);

/**
 * Leaves out what was recognised by its content and has a record of its own: a program that a system package installed, one
 * that lies where a Bitnami package was unpacked, the launcher of a Java runtime that was recognised by its release file.
 */
export function withoutRedundant(packages: readonly InstalledPackage[]): InstalledPackage[] {
  if (!packages.some(({ cataloger }) => BY_CONTENT.has(cataloger))) return [...packages];
  const homes = packages
    .flatMap((pkg) => (isHome(pkg) ? directoryOf(pkg.origin.path) : []))
    .filter((path) => path !== '');
  const isBelowHome = (path: string) => homes.some((home) => path.startsWith(home));
  return packages.filter((pkg) => {
    if (!BY_CONTENT.has(pkg.cataloger)) return true;
    return !isOwnedBySystem(pkg) && !(pkg.cataloger === 'binary-product' && isBelowHome(pkg.origin.path));
  });
}

/** A record in the directory of what it describes. */
function isHome({ type, cataloger }: InstalledPackage): boolean {
  return type === 'bitnami' || cataloger === 'jvm-release';
}

/** Libraries inside of a wheel or gem are owned as well; their package says nothing of them. */
function isOwnedBySystem({ ownedBy }: InstalledPackage): boolean {
  const type = packageType(/^pkg:([^/]{1,32})\//.exec(ownedBy ?? '')?.[1] ?? '');
  return type !== undefined && isSystemPackage(type);
}

/** With the slash at its end; empty for files at the root. */
function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
