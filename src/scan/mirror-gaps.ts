import type { NotCovered } from '#advisory/index.ts';
import type { Inventory } from '#inventory/index.ts';
import { debianSource, type InstalledPackage } from '#model/index.ts';
import { splitByMaker, type Unassessed, unassessed } from '#vulnerability/index.ts';

/**
 * What the archive mirror could not tell about, when it is the only one that answers: the matcher sees no statement for these packages
 * and would take them for clean. Packages that are known to be somebody else's are named by the matcher already.
 */
export function mirrorGaps(inventory: Inventory, notCovered: readonly NotCovered[]): Unassessed[] {
  if (inventory.distribution === undefined || notCovered.length === 0) return [];
  const { own } = splitByMaker(inventory.packages, inventory.distribution);
  const gaps = new Map(notCovered.map((gap) => [`${gap.source} ${gap.version}`, gap.reason]));
  const reasonFor = (pkg: InstalledPackage) => {
    const { name, version } = debianSource(pkg);
    return gaps.get(`${name} ${version}`);
  };
  const withReason = (...reasons: readonly (NotCovered['reason'] | undefined)[]) =>
    own.filter((pkg) => pkg.type === 'deb' && reasons.includes(reasonFor(pkg)));
  const elsewhere = withReason('not-in-mirror', 'newer-than-mirror');
  const unreadable = withReason('version-unreadable');
  return [
    ...(elsewhere.length > 0 ? [unassessed('third-party-package', ELSEWHERE, elsewhere)] : []),
    ...(unreadable.length > 0 ? [unassessed('version-unreadable', UNREADABLE, unreadable)] : []),
  ];
}

const ELSEWHERE =
  "The distribution's archive does not have these packages, or only older ones: they come from elsewhere or were removed. " +
  'Look where they came from, and compare them with their makers’ notices.';

const UNREADABLE =
  'The version does not follow the rules of the distribution, so it was compared with nothing. Check these by hand.';
