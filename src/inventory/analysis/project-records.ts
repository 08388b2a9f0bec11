import type { InstalledPackage } from '#model/index.ts';

/**
 * In a directory of sources the same library is often recorded more than once: declared by a lock file and, beside or below
 * it, installed from that lock file (node_modules, a virtual environment, vendor/bundle); or asked for without a version and
 * pinned by a lock file. Keeps the record that says most: the declaration of what is installed exactly so, and the pin of
 * what is asked for. What is installed in another version than declared stays: it is there.
 */
export function withoutRepeated(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const declared = directoriesBy(
    packages.filter(({ evidence }) => evidence === 'declared'),
    ({ purl }) => purl,
  );
  const pinned = directoriesBy(
    packages.filter(({ version }) => version !== ''),
    nameKey,
  );
  return packages.filter((pkg) => {
    const directory = directoryOf(pkg.origin.path);
    if (pkg.version === '')
      return !pinned.get(nameKey(pkg))?.some((other) => isIn(directory, other) || isIn(other, directory));
    return pkg.evidence === 'declared' || !declared.get(pkg.purl)?.some((project) => isIn(directory, project));
  });
}

function directoriesBy(
  packages: readonly InstalledPackage[],
  keyOf: (pkg: InstalledPackage) => string,
): Map<string, string[]> {
  const directories = new Map<string, string[]>();
  for (const pkg of packages) {
    const key = keyOf(pkg);
    const directory = directoryOf(pkg.origin.path);
    const known = directories.get(key);
    if (!known) directories.set(key, [directory]);
    else if (!known.includes(directory)) known.push(directory);
  }
  return directories;
}

/** The package URL up to the version: the name as its ecosystem reads it. */
function nameKey({ purl }: InstalledPackage): string {
  return /^[^@?#]*/.exec(purl)?.[0] ?? purl;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isIn(directory: string, above: string): boolean {
  return above === '' || directory === above || directory.startsWith(`${above}/`);
}
