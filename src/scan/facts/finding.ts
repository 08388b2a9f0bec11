import type { Decision, FileLocation, InstalledPackage, LayerOrigin } from '#model/index.ts';
import { isOpen } from '#policy/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import type { Finding, ScanReport } from '../report.ts';
import { daysBetween } from './days.ts';

/** The `spec` of a Finding. Its members are described in src/policy/subjects/finding.ts. */
export function findingSpec(finding: Finding, report: ScanReport) {
  const { kind, id, severity, decision } = finding;
  const { artifact, createdAt } = report;
  return {
    kind,
    id,
    aliases: [],
    title: id,
    severity,
    isOpen: isOpen(finding),
    ...(decision && { decision: describeDecision(decision, createdAt) }),
    artifact: {
      kind: artifact.kind,
      name: artifact.name,
      ...(artifact.manifestDigest && { digest: artifact.manifestDigest }),
    },
    fixAvailable: false,
    exploited: 'unknown',
    ransomware: false,
    controls: [],
    isDeleted: false,
    ...ofKind(finding, report),
  };
}

function ofKind(finding: Finding, report: ScanReport) {
  switch (finding.kind) {
    case 'vulnerability':
      return { ...inPackage(finding.package), ...vulnerability(finding, report) };
    case 'secret':
      return { ...atLocation(finding.location), title: finding.title, confidence: finding.confidence };
    case 'malware':
      return { ...atLocation(finding.location), title: finding.title, confidence: finding.confidence };
    case 'misconfiguration': {
      const { title, subject, controls, position, fix, location } = finding;
      const line = subject === 'image-config' ? {} : { line: position.line };
      return { ...atLocation(location), title, subject, controls, ...line, fixAvailable: fix !== undefined };
    }
    case 'licence':
      return { ...inPackage(finding.package), title: finding.title, category: finding.category };
  }
}

function vulnerability(finding: VulnerabilityFinding, { sources, createdAt }: ScanReport) {
  const { aliases, state, fixedVersion, enrichment, published, priority, summary } = finding;
  const { kev, epss } = enrichment;
  const publishedDays = published === undefined ? undefined : daysBetween(published, createdAt);
  const isAsked = sources.some(({ source }) => source === 'kev');
  return {
    aliases,
    ...(summary !== undefined && { title: summary }),
    state,
    fixAvailable: state === 'fixed',
    ...(fixedVersion !== undefined && { fixedVersion }),
    exploited: kev ? 'yes' : isAsked ? 'no' : 'unknown',
    ...(kev?.dueDate !== undefined && { exploitedDueDate: kev.dueDate }),
    ransomware: kev?.ransomware === true,
    ...(epss && { epss: openInterval(epss.probability) }),
    ...(publishedDays !== undefined && { publishedDays }),
    ...(priority && { priority: { window: priority.window.id, ...days(priority.window.days) } }),
  };
}

function days(count: number | undefined) {
  return count === undefined ? {} : { days: count };
}

/** A likelihood is never quite 0 or 1; as whole numbers they would be of another type in expressions. */
function openInterval(probability: number): number {
  return Math.min(Math.max(probability, 0.00001), 0.99999);
}

function describeDecision({ source, state, reason, expires }: Decision, now: string) {
  const daysLeft = expires === undefined ? undefined : daysBetween(now, expires);
  return {
    source,
    state,
    reason,
    ...(expires !== undefined && { expires }),
    ...(daysLeft !== undefined && { daysLeft }),
  };
}

function inPackage({ name, version, type, purl, relation, origin }: InstalledPackage) {
  const packed = { name, version, type, purl, relation: relation ?? 'unknown' };
  return { package: packed, path: origin.path, part: partOf(origin.layer) };
}

/** Of what lies in no file: an environment variable, a label. */
const NOWHERE = { part: 'unknown' };

function atLocation(location: FileLocation | undefined) {
  if (location === undefined) return NOWHERE;
  const { path, line, layer, isDeleted } = location;
  return { path, ...(line !== undefined && { line }), part: partOf(layer), isDeleted: isDeleted === true };
}

function partOf(layer: LayerOrigin | undefined): string {
  return layer?.part ?? 'unknown';
}
