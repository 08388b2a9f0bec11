import type { InstalledPackage } from '#model/index.ts';

/**
 * In a directory of sources the same library is often recorded more than once: declared by a lock file and, beside or below
 * it, installed from that lock file (node_modules, a virtual environment, vendor/bundle); or asked for without a version and
 * pinned by a lock file. Keeps the record that says most: the declaration of what is installed exactly so, and the pin of
 * what is asked for. What is installed in another version than declared stays: it is there.
 */
export function withoutRepeated(packages: readonly InstalledPackage[]): InstalledPackage[] {
  const declared = new Places();
  const pinned = new Places();
  const belowPinned = new Places();
  const asked = new Set(packages.filter(({ version }) => version === '').map(nameKey));
  for (const pkg of packages) {
    const directory = directoryOf(pkg.origin.path);
    const name = nameKey(pkg);
    if (pkg.evidence === 'declared') declared.add(pkg.purl, directory);
    if (pkg.version === '' || !asked.has(name)) continue;
    pinned.add(name, directory);
    for (const above of andAbove(directory)) belowPinned.add(name, above);
  }
  return packages.filter((pkg) => {
    const directory = directoryOf(pkg.origin.path);
    const name = nameKey(pkg);
    if (pkg.version === '') return !belowPinned.has(name, directory) && !pinned.hasAtOrAbove(name, directory);
    return pkg.evidence === 'declared' || !declared.hasAtOrAbove(pkg.purl, directory);
  });
}

/** In which directories something was found. Looked up by walking upwards: a tree may hold any number of lock files. */
class Places {
  readonly #directories = new Map<string, Set<string>>();

  add(key: string, directory: string): void {
    const known = this.#directories.get(key);
    if (known) known.add(directory);
    else this.#directories.set(key, new Set([directory]));
  }

  has(key: string, directory: string): boolean {
    return this.#directories.get(key)?.has(directory) === true;
  }

  hasAtOrAbove(key: string, directory: string): boolean {
    const known = this.#directories.get(key);
    return known !== undefined && andAbove(directory).some((above) => known.has(above));
  }
}

/** The directory, those above it, and the root. */
function andAbove(directory: string): string[] {
  const all = [directory];
  for (let current = directory; current !== ''; ) {
    current = directoryOf(current);
    all.push(current);
  }
  return all;
}

/** The package URL up to the version: the name as its ecosystem reads it. */
function nameKey({ purl }: InstalledPackage): string {
  return /^[^@?#]*/.exec(purl)?.[0] ?? purl;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
