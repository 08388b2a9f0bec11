import type { InstalledPackage } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { planRemediation, type RemediationPlan, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { packageKey } from '../identity.ts';
import { distinctVulnerabilities, openVulnerabilities } from '../tally.ts';

/** What the page's sections read: the report, and what was derived from it once. */
export interface PageModel {
  readonly report: ScanReport;
  readonly open: readonly VulnerabilityFinding[];
  /** Each open vulnerability once, with its worst severity. */
  readonly distinct: readonly VulnerabilityFinding[];
  readonly plan: RemediationPlan;
  readonly findingsOf: (one: InstalledPackage) => readonly VulnerabilityFinding[];
}

export function pageModel(report: ScanReport): PageModel {
  const open = openVulnerabilities(report);
  const byPackage = Map.groupBy(open, (one) => packageKey(one.package));
  return {
    report,
    open,
    distinct: distinctVulnerabilities(open),
    plan: planRemediation(open, report.distribution),
    findingsOf: (one) => byPackage.get(packageKey(one)) ?? [],
  };
}
