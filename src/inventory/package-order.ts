import type { InstalledPackage } from '#model/index.ts';

/** The order of an inventory's packages: type, name, version, architecture, path, each by code unit. */
export function byIdentity(a: InstalledPackage, b: InstalledPackage): number {
  return (
    compareText(a.type, b.type) ||
    compareText(a.name, b.name) ||
    compareText(a.version, b.version) ||
    compareText(a.architecture ?? '', b.architecture ?? '') ||
    compareText(a.origin.path, b.origin.path)
  );
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
