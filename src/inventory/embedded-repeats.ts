import { type InstalledPackage, isSystemPackage } from '#model/index.ts';
import { embeddedSbom } from './catalogers/embedded-sbom/index.ts';

/**
 * Without what only repeats, by the word of an SBOM that lies in the artifact, what other catalogers found: the same package in the
 * same version; any package of a system whose own database is there; a package that several SBOMs name.
 */
export function withoutEmbeddedRepeats(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const isEmbedded = ({ cataloger }: InstalledPackage): boolean => cataloger === embeddedSbom.id;
  if (!packages.some(isEmbedded)) return packages;
  const others = packages.filter((one) => !isEmbedded(one));
  const known = new Set(others.map(identity));
  const databases = new Set(others.map(({ type }) => type).filter(isSystemPackage));
  return packages.filter((one) => {
    if (!isEmbedded(one)) return true;
    if (isSystemPackage(one.type) && databases.has(one.type)) return false;
    const key = identity(one);
    return !known.has(key) && known.add(key);
  });
}

/** The package URL without what tools differ in. */
function identity({ purl }: InstalledPackage): string {
  return /^[^?#]*/.exec(purl)?.[0] ?? purl;
}
