import type { MisconfigurationFinding } from '#checks/index.ts';
import { judgeLicences, type LicenceCategory } from '#licences/index.ts';
import type { MalwareFinding } from '#malware/index.ts';
import { type InstalledPackage, isClosing } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { Finding, ScanReport } from '#scan/index.ts';
import type { SecretFinding } from '#secrets/index.ts';
import {
  type PriorityReceipt,
  planRemediation,
  type RemediationPlan,
  type VulnerabilityFinding,
} from '#vulnerability/index.ts';
import { packageKey } from '../identity.ts';
import { compareWindows, distinctVulnerabilities, groupBy, openVulnerabilities, vulnerabilitiesOf } from '../tally.ts';

/** What the page's sections read: the report, and what was derived from it once. */
export interface PageModel {
  readonly report: ScanReport;
  /** Vulnerabilities. */
  readonly open: readonly VulnerabilityFinding[];
  /** Each open vulnerability once, with its worst severity. */
  readonly distinct: readonly VulnerabilityFinding[];
  readonly malware: readonly FileFinding<MalwareFinding>[];
  readonly secrets: readonly FileFinding<SecretFinding>[];
  readonly misconfigurations: readonly FileFinding<MisconfigurationFinding>[];
  /** Findings of any kind that a decision closed. */
  readonly decided: readonly Finding[];
  /** The spans of time that receipts speak of, the soonest first. Empty when nobody asked how soon. */
  readonly windows: readonly PriorityReceipt['window'][];
  readonly plan: RemediationPlan;
  readonly findingsOf: (one: InstalledPackage) => readonly VulnerabilityFinding[];
  readonly categoryOf: (one: InstalledPackage) => LicenceCategory;
}

/** The same thing in one or several places; one that is decided about in one way. */
export interface FileFinding<T> {
  readonly first: T;
  readonly places: readonly T[];
  readonly isOpen: boolean;
}

export function pageModel(report: ScanReport): PageModel {
  const open = openVulnerabilities(report);
  const byPackage = Map.groupBy(open, (one) => packageKey(one.package));
  return {
    report,
    open,
    distinct: distinctVulnerabilities(open),
    malware: fileFindings(
      report.findings.filter((one) => one.kind === 'malware'),
      ({ id, sha256, statedIn }) => `${id}\0${sha256}\0${statedIn}`,
    ),
    secrets: fileFindings(
      report.findings.filter((one) => one.kind === 'secret'),
      ({ id, fingerprint }) => `${id}\0${fingerprint}`,
    ),
    misconfigurations: fileFindings(
      report.findings.filter((one) => one.kind === 'misconfiguration'),
      ({ id, remediation }) => `${id}\0${remediation}`,
    ),
    decided: report.findings.filter(({ decision }) => decision !== undefined && isClosing(decision)),
    windows: windowsOf(report),
    plan: planRemediation(open, report.distribution),
    findingsOf: (one) => byPackage.get(packageKey(one)) ?? [],
    categoryOf: rememberedCategories(),
  };
}

function fileFindings<T extends MalwareFinding | SecretFinding | MisconfigurationFinding>(
  found: readonly T[],
  keyOf: (one: T) => string,
): FileFinding<T>[] {
  const groups = groupBy(found, (one) => `${keyOf(one)}\0${JSON.stringify(one.decision ?? '')}`);
  return [...groups.values()].flatMap((places) =>
    places[0] === undefined ? [] : [{ first: places[0], places, isOpen: isOpen(places[0]) }],
  );
}

function windowsOf(report: ScanReport): PriorityReceipt['window'][] {
  const windows = new Map<string, PriorityReceipt['window']>();
  for (const { priority } of vulnerabilitiesOf(report)) {
    for (const one of priority ? [priority.window, priority.base] : []) windows.set(one.id, one);
    for (const { window } of priority?.counterfactuals ?? []) windows.set(window.id, window);
  }
  return [...windows.values()].sort(compareWindows);
}

/** Thousands of packages state the same few licences. */
function rememberedCategories(): PageModel['categoryOf'] {
  const known = new Map<string, LicenceCategory>();
  return ({ licences }) => {
    const key = licences.join('\0');
    const category = known.get(key) ?? judgeLicences(licences).category;
    known.set(key, category);
    return category;
  };
}
