import type {
  Advisory,
  AdvisoryLookup,
  AdvisoryMatch,
  AffectedPackage,
  AffectedStatus,
  Enrichment,
} from '#advisory/index.ts';
import type { Inventory } from '#inventory/index.ts';
import type { Distribution, InstalledPackage, PackageType } from '#model/index.ts';
import { type MatchOptions, type MatchResult, matchInventory } from '#vulnerability/index.ts';

/** `pkg('deb', 'libssl3 3.0.11-1', { source: 'openssl 3.0.11-1' })` */
export function pkg(
  type: PackageType,
  nameVersion: string,
  more: Partial<Omit<InstalledPackage, 'source'>> & { source?: string; part?: 'base' | 'own' } = {},
): InstalledPackage {
  const [name = '', version = ''] = nameVersion.split(' ');
  const { source, part, ...rest } = more;
  const [sourceName = '', sourceVersion = ''] = source?.split(' ') ?? [];
  const layer = part && { index: 0, diffId: `sha256:${'0'.repeat(64)}` as const, part };
  return {
    type,
    name,
    version,
    licences: [],
    purl: `pkg:${type}/test/${name}@${version}${rest.architecture ? `?arch=${rest.architecture}` : ''}`,
    cataloger: 'test',
    evidence: 'installed',
    origin: { path: 'var/lib/test', ...(layer && { layer }) },
    ...(source !== undefined && { source: { name: sourceName, version: sourceVersion } }),
    ...rest,
  };
}

export function distribution(id: string, version: string, more: Partial<Distribution> = {}): Distribution {
  return { id, idLike: [], name: `${id} ${version}`, version, evidence: 'etc/os-release', ...more };
}

export function inventory(packages: readonly InstalledPackage[], of?: Distribution): Inventory {
  return {
    packages,
    problems: [],
    statistics: { layers: 1, cachedLayers: 0, entries: 0, bytes: 0 },
    ...(of && { distribution: of }),
  };
}

export interface Saying extends Partial<Omit<Advisory, 'id' | 'affected'>> {
  readonly id: string;
  /** `ecosystem name` */
  readonly of: string;
  readonly fixed?: string;
  readonly status?: AffectedStatus;
  readonly affected?: Partial<AffectedPackage>;
}

/** One advisory with one statement: `saying({ id: 'CVE-2024-1', of: 'debian:12 openssl', fixed: '3.0.13-1' })`. */
export function saying({ id, of, fixed, status, affected, ...advisory }: Saying): Advisory {
  const [ecosystem = '', name = ''] = [of.slice(0, of.lastIndexOf(' ')), of.slice(of.lastIndexOf(' ') + 1)];
  const scheme = /^(debian|ubuntu)/.test(ecosystem) ? 'deb' : /^(alpine|wolfi)/.test(ecosystem) ? 'apk' : 'rpm';
  return {
    id,
    source: 'osv',
    aliases: [],
    bundles: [],
    scores: [],
    references: [],
    ...advisory,
    affected: [
      {
        ecosystem,
        name,
        subject: scheme === 'rpm' ? 'package' : 'source',
        scheme,
        status: status ?? (fixed === undefined ? 'affected' : 'fixed'),
        ranges: fixed === undefined ? [] : [{ fixed }],
        versions: [],
        ...affected,
      },
    ],
  };
}

/** A lookup over advisories in memory. It covers the ecosystems that they speak of, and `covered`. */
export function lookupOf(
  advisories: readonly Advisory[],
  enrichments: Readonly<Record<string, Enrichment>> = {},
  covered: readonly string[] = [],
): AdvisoryLookup {
  const byKey = new Map<string, AdvisoryMatch[]>();
  const ecosystems = new Set(covered);
  for (const { affected, ...advisory } of advisories) {
    for (const statement of affected) {
      const key = `${statement.ecosystem}\0${statement.name}`;
      const matches = byKey.get(key);
      if (matches) matches.push({ advisory, affected: statement });
      else byKey.set(key, [{ advisory, affected: statement }]);
      ecosystems.add(statement.ecosystem);
    }
  }
  return {
    find: (ecosystem, name) => byKey.get(`${ecosystem}\0${name}`) ?? [],
    enrich: (id) => enrichments[id] ?? {},
    coverage: (ecosystem) =>
      ecosystems.has(ecosystem)
        ? [
            {
              source: 'test',
              title: 'Test',
              license: 'CC0-1.0',
              attribution: '',
              asOf: '2026-01-01',
              fetchedAt: '2026-01-01',
              advisories: advisories.length,
              limits: [],
            },
          ]
        : [],
  };
}

export function match(
  of: Distribution | undefined,
  packages: readonly InstalledPackage[],
  advisories: readonly Advisory[],
  options: Partial<MatchOptions> = {},
): MatchResult {
  const defaults = { today: '2024-01-01', includeKernelHeaders: false };
  return matchInventory(inventory(packages, of), [lookupOf(advisories)], { ...defaults, ...options });
}

/** `id state fixedVersion package` of each finding. */
export function rows(...args: Parameters<typeof match>): string[] {
  return match(...args).findings.map((finding) =>
    [finding.id, finding.state, finding.fixedVersion ?? '-', finding.package.name].join(' '),
  );
}
