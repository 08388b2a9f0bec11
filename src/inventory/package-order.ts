import { compareTexts } from '#foundation/index.ts';
import type { InstalledPackage } from '#model/index.ts';

/** The order of an inventory's packages: type, name, version, architecture, path, each by code unit. */
export function byIdentity(a: InstalledPackage, b: InstalledPackage): number {
  return (
    compareTexts(a.type, b.type) ||
    compareTexts(a.name, b.name) ||
    compareTexts(a.version, b.version) ||
    compareTexts(a.architecture ?? '', b.architecture ?? '') ||
    compareTexts(a.origin.path, b.origin.path)
  );
}
