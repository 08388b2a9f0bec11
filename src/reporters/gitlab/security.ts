import { printable } from '#foundation/index.ts';
import type { Severity } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { type Annotation, annotationsOf } from '../annotation.ts';
import { holesOf } from '../holes.ts';
import { fingerprint, UniqueIds } from '../identity.ts';
import { jsonText, lazily, Rows } from '../json-text.ts';
import { shortText } from '../sarif/limits.ts';
import { vulnerabilityPage, webAddress } from '../web-address.ts';

/** https://gitlab.com/gitlab-org/security-products/security-report-schemas */
const SCHEMA_VERSION = '15.0.2';
const MAX_NAME = 255;
const MAX_LINKS = 20;

/** What one of GitLab's security reports is about. */
export interface SecurityReportKind {
  readonly type: 'container_scanning' | 'sast';
  /** Undefined for what belongs into another report. */
  locationOf(annotation: Annotation, report: ScanReport): unknown;
}

/** A report that GitLab shows in merge requests and keeps in its list of vulnerabilities. */
export function securityReport(report: ScanReport, kind: SecurityReportKind): Iterable<string> {
  const ids = new UniqueIds();
  const found = function* (): Iterable<unknown> {
    for (const annotation of annotationsOf(report)) {
      const location = kind.locationOf(annotation, report);
      if (location !== undefined) yield vulnerability(annotation, location, ids);
    }
  };
  return jsonText({
    version: SCHEMA_VERSION,
    scan: scanOf(report, kind.type),
    vulnerabilities: new Rows(found()),
  });
}

function scanOf(report: ScanReport, type: SecurityReportKind['type']): unknown {
  const program = { id: 'plimsoll', name: 'Plimsoll', version: report.tool.version, vendor: { name: 'Plimsoll' } };
  const time = report.createdAt.slice(0, 19);
  return {
    type,
    analyzer: program,
    scanner: program,
    start_time: time,
    end_time: time,
    status: 'success',
    messages: new Rows(
      lazily(holesOf(report), ({ effect, text }) => ({
        level: effect === 'note' ? 'info' : 'warn',
        value: shortText(text),
      })),
    ),
  };
}

const severities: Readonly<Record<Severity, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  info: 'Info',
  unknown: 'Unknown',
};

function vulnerability(annotation: Annotation, location: unknown, ids: UniqueIds): unknown {
  const { finding, rule, message, identity, path, line } = annotation;
  const print = fingerprint(...identity);
  return {
    id: ids.idFor(`${print} ${path}:${line} ${message}`, print),
    name: shortText(rule.title, MAX_NAME),
    description: printable(`${message}\n${rule.text}`),
    severity: severities[finding.severity],
    solution: 'remediation' in finding ? shortText(finding.remediation) : solutionOf(finding),
    identifiers: identifiersOf(annotation),
    links: new Rows(linksOf(rule.references)),
    location,
  };
}

function solutionOf(finding: Annotation['finding']): string | undefined {
  if (finding.kind !== 'vulnerability' || finding.fixedVersion === undefined) return undefined;
  return shortText(`Upgrade ${finding.package.name} to ${finding.fixedVersion}.`);
}

/** The first is what GitLab knows a vulnerability by. */
function identifiersOf({ finding, rule }: Annotation): unknown[] {
  const id = shortText(finding.id, MAX_NAME) || 'unknown';
  const type = /^(CVE|CWE|GHSA|USN|RHSA|ELSA)-/.exec(id)?.[1]?.toLowerCase() ?? 'plimsoll';
  const url = finding.kind === 'vulnerability' ? vulnerabilityPage(finding.id) : rule.helpUri;
  return [{ type, name: id, value: id, ...(url !== undefined && { url }) }];
}

function* linksOf(references: readonly string[]): Iterable<unknown> {
  for (const reference of references.slice(0, MAX_LINKS)) {
    const url = webAddress(reference);
    if (url !== undefined) yield { url };
  }
}
