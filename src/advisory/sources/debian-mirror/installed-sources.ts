import { debianSource, type Package } from '#model/index.ts';
import { isSourceName, isVersion } from './index/pool-path.ts';

/** A source package at a version of which binaries are installed. */
export interface InstalledSource {
  readonly source: string;
  readonly version: string;
}

/** The sources behind the packages, each version once, and the ones whose name or version cannot be one. */
export function installedSources(packages: readonly Package[]): {
  readonly sources: readonly InstalledSource[];
  readonly unreadable: readonly InstalledSource[];
} {
  const all = new Map<string, InstalledSource>();
  for (const item of packages) {
    if (item.type !== 'deb') continue;
    const { name, version } = debianSource(item);
    all.set(`${name}\0${version}`, { source: name, version });
  }
  const sources = [...all.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
  const isReadable = ({ source, version }: InstalledSource): boolean => isSourceName(source) && isVersion(version);
  return { sources: sources.filter(isReadable), unreadable: sources.filter((item) => !isReadable(item)) };
}

/** The machine architecture that most packages are of: its package indexes are read where there are none of sources. */
export function mainArchitecture(packages: readonly Package[]): string {
  const counts = new Map<string, number>();
  for (const { architecture } of packages) {
    if (architecture !== undefined && architecture !== 'all' && /^[a-z0-9-]{2,20}$/.test(architecture)) {
      counts.set(architecture, (counts.get(architecture) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'amd64';
}
