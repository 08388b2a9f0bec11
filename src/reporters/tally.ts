import { compareTexts } from '#foundation/index.ts';
import { type Severity, severities, severityRank } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { isOpen, isVulnerability, type PriorityReceipt, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { thousands } from './wording.ts';

/** How many findings of each severity; every severity is a key. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(findings: Iterable<{ readonly severity: Severity }>): SeverityCounts {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** `2 critical, 14 high`; severities that do not occur are not named. */
export function severityWords(counts: SeverityCounts): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${thousands(counts[severity])} ${severity === 'unknown' ? 'of unknown severity' : severity}`)
    .join(', ');
}

/** The vulnerabilities that are open: neither declared not affected by their publisher nor closed by a decision. */
export function openVulnerabilities(report: Pick<ScanReport, 'findings'>): VulnerabilityFinding[] {
  return vulnerabilitiesOf(report).filter(isOpen);
}

export function vulnerabilitiesOf({ findings }: Pick<ScanReport, 'findings'>): VulnerabilityFinding[] {
  return findings.filter(isVulnerability);
}

/**
 * The order in which a person should look: the sooner due, then as receipts rank them; where nobody asked, exploited, then severity,
 * then likelihood of exploitation. Then id and package.
 */
export function byUrgency(a: VulnerabilityFinding, b: VulnerabilityFinding): number {
  return (
    byReceipt(a.priority, b.priority) ||
    Number(b.enrichment.kev !== undefined) - Number(a.enrichment.kev !== undefined) ||
    severityRank(a.severity) - severityRank(b.severity) ||
    (b.enrichment.epss?.probability ?? 0) - (a.enrichment.epss?.probability ?? 0) ||
    compareTexts(a.id, b.id) ||
    compareTexts(a.package.name, b.package.name)
  );
}

function byReceipt(a: PriorityReceipt | undefined, b: PriorityReceipt | undefined): number {
  if (!a || !b) return Number(a === undefined) - Number(b === undefined);
  return compareWindows(a.window, b.window) || b.rank - a.rank;
}

/** The soonest first; without a date last. */
export function compareWindows(a: PriorityReceipt['window'], b: PriorityReceipt['window']): number {
  const [left, right] = [a.days ?? Number.MAX_SAFE_INTEGER, b.days ?? Number.MAX_SAFE_INTEGER];
  return left - right || compareTexts(a.id, b.id);
}

/** Groups in the order in which their keys first occur. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** One finding for each vulnerability, the worst: a library split into five packages is still one vulnerability. */
export function distinctVulnerabilities(findings: Iterable<VulnerabilityFinding>): VulnerabilityFinding[] {
  const worst = new Map<string, VulnerabilityFinding>();
  for (const finding of findings) {
    const known = worst.get(finding.id);
    if (!known || severityRank(finding.severity) < severityRank(known.severity)) worst.set(finding.id, finding);
  }
  return [...worst.values()];
}

/** Whether an upgrade removes it from this package. */
export function hasFix(finding: VulnerabilityFinding): boolean {
  return finding.state === 'fixed' && finding.fixedVersion !== undefined;
}

/** The open findings that no upgrade removes. */
export function withoutFix(open: readonly VulnerabilityFinding[]): VulnerabilityFinding[] {
  return open.filter((finding) => !hasFix(finding));
}

/** One finding for each vulnerability that upgrades remove from every package that has it. */
export function removable(open: readonly VulnerabilityFinding[]): VulnerabilityFinding[] {
  const staying = new Set(withoutFix(open).map(({ id }) => id));
  return distinctVulnerabilities(open.filter(({ id }) => !staying.has(id)));
}
