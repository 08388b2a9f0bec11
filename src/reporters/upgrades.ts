import type { Distribution, InstalledPackage, LayerOrigin, PackageType } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { groupBy } from './tally.ts';

/** One thing to upgrade and what is gone then. */
export interface Upgrade {
  readonly type: PackageType;
  /** The source package where the distribution builds from sources, otherwise the package. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly packages: readonly InstalledPackage[];
  readonly findings: readonly VulnerabilityFinding[];
  readonly part: LayerOrigin['part'] | 'mixed';
}

export function upgradesOf(report: Pick<ScanReport, 'findings'>): Upgrade[] {
  const fixable = report.findings.filter((one) => one.state !== 'not-affected' && one.fixedVersion !== undefined);
  return [...groupBy(fixable, (one) => one.package.source?.name ?? one.package.name).entries()].map(
    ([name, group]) => ({
      type: group[0]?.package.type ?? 'deb',
      name,
      from: group[0]?.package.version ?? '',
      to:
        group
          .map((one) => one.fixedVersion ?? '')
          .sort()
          .at(-1) ?? '',
      packages: [...new Set(group.map((one) => one.package))],
      findings: group,
      part: group[0]?.package.origin.layer?.part ?? 'unknown',
    }),
  );
}

/** Names that package managers allow, and nothing that a shell reads. Names come from scanned content and end up in a terminal. */
const safeName = /^[A-Za-z0-9][A-Za-z0-9+._-]{0,127}$/;

/** The commands that install the upgrades, in the words of the distribution's own tool. */
export function upgradeCommand(
  distribution: Distribution | undefined,
  upgrades: readonly Upgrade[],
): { lines: string[]; leftOut: number } | undefined {
  const names = [...new Set(upgrades.flatMap((one) => one.packages.map((each) => each.name)))];
  const safe = names.filter((name) => safeName.test(name));
  const tool = toolOf(distribution, upgrades[0]?.type);
  if (safe.length === 0 || tool === undefined || distribution?.distroless) return undefined;
  return { lines: [`${tool} ${safe.join(' ')}`], leftOut: names.length - safe.length };
}

function toolOf(distribution: Distribution | undefined, type: PackageType | undefined): string | undefined {
  if (type === 'deb') return 'apt-get update && apt-get install --only-upgrade';
  if (type === 'apk') return 'apk add --upgrade';
  if (type !== 'rpm') return undefined;
  const ids = [distribution?.id ?? '', ...(distribution?.idLike ?? [])];
  if (ids.some((id) => id.includes('suse') || id === 'sles')) return 'zypper update';
  if (ids.includes('photon')) return 'tdnf update';
  return distribution?.id === 'centos' && distribution.version === '7' ? 'yum update' : 'dnf upgrade';
}
