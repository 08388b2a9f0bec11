import type { InstalledPackage } from '#model/index.ts';
import {
  type PackageChange,
  type PackageDifference,
  packageChanges,
  type SbomDiff,
  type ScanReport,
} from '#scan/index.ts';
import { counted } from './wording.ts';

/** Two inventories and what lies between them. */
export interface SbomComparison {
  readonly before: ScanReport;
  readonly after: ScanReport;
  readonly diff: SbomDiff;
}

export const changeTitles: Readonly<Record<PackageChange, string>> = {
  added: 'Added',
  removed: 'Removed',
  upgraded: 'Upgraded',
  downgraded: 'Downgraded',
  changed: 'Changed to a version of which nobody can say whether it is newer',
  relicensed: 'Under another licence',
  moved: 'Brought in by another layer',
};

const changeWords: Readonly<Record<PackageChange, string>> = {
  added: 'added',
  removed: 'removed',
  upgraded: 'upgraded',
  downgraded: 'downgraded',
  changed: 'changed',
  relicensed: 'under another licence',
  moved: 'brought in by another layer',
};

/** `3 packages added, 1 upgraded; 140 unchanged.` */
export function countsWords({ differences, unchanged }: SbomDiff): string {
  const counts = packageChanges.flatMap((change) => {
    const count = differences.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${count} ${changeWords[change]}`];
  });
  if (counts.length === 0) return `No difference in ${counted(unchanged, 'package')}.`;
  return `${counts.join(', ')}; ${unchanged} unchanged.`;
}

/** `MIT → BUSL-1.1` where licences differ, those of what came, nothing otherwise. */
export function licenceWords({ change, isRelicensed, before, after }: PackageDifference): string | undefined {
  if (isRelicensed && before && after) return `${licencesOf(before)} → ${licencesOf(after)}`;
  return change === 'added' && after && after.licences.length > 0 ? licencesOf(after) : undefined;
}

function licencesOf({ licences }: InstalledPackage): string {
  return [...new Set(licences)].sort().join(', ');
}

/** `layer 1 → layer 3`, counted as people do. */
export function layerWords({ change, before, after }: PackageDifference): string | undefined {
  const [from, to] = [before?.origin.layer, after?.origin.layer];
  return change === 'moved' && from && to ? `layer ${from.index} → layer ${to.index}` : undefined;
}
