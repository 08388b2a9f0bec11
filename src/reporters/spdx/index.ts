import { spdxListVersion } from '#licences/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { reportUuid } from '../identity.ts';
import { jsonText, Rows } from '../json-text.ts';
import type { Reporter } from '../reporter.ts';
import { licenceTable } from './licences.ts';
import {
  artifactId,
  artifactPackage,
  distributionId,
  distributionPackage,
  packageElement,
  packageIds,
  sourceElement,
  sources,
} from './packages.ts';

export const spdx: Reporter = {
  id: 'spdx',
  title: 'SPDX 2.3 JSON: software bill of materials',
  references: ['https://spdx.github.io/spdx-spec/v2.3/'],
  maturity: 'stable',
  mediaType: 'application/spdx+json',
  fileExtension: '.spdx.json',
  render: (report) => jsonText(document(report)),
};

const documentId = 'SPDXRef-DOCUMENT';

/** SPDX 2.3 has no place for assessments of vulnerabilities: findings are left to the other formats. */
function document(report: ScanReport): unknown {
  const ids = packageIds(report);
  const licences = licenceTable(report.packages);
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: report.artifact.name,
    documentNamespace: `https://spdx.org/spdxdocs/plimsoll-${reportUuid(report, 'spdx')}`,
    comment: completeness(report),
    creationInfo: {
      created: wholeSeconds(report.createdAt),
      creators: [`Tool: ${report.tool.name}-${report.tool.version}`],
      licenseListVersion: spdxListVersion,
    },
    documentDescribes: [artifactId],
    packages: new Rows(
      (function* packages() {
        yield artifactPackage(report.artifact);
        if (report.distribution) yield distributionPackage(report.distribution);
        for (const one of report.packages) yield packageElement(one, ids.ofPackage(one), licences);
        for (const [id, one] of sources(report, ids)) yield sourceElement(one, id);
      })(),
    ),
    hasExtractedLicensingInfos: licences.extracted.length === 0 ? undefined : licences.extracted,
    relationships: new Rows(relationships(report, ids)),
  };
}

function* relationships(report: ScanReport, ids: ReturnType<typeof packageIds>): Iterable<unknown> {
  yield relationship(documentId, 'DESCRIBES', artifactId);
  if (report.distribution) yield relationship(artifactId, 'CONTAINS', distributionId);
  const contained = new Set<string>();
  for (const one of report.packages) {
    const id = ids.ofPackage(one);
    if (contained.has(id)) continue;
    contained.add(id);
    yield relationship(artifactId, 'CONTAINS', id);
    if (one.source) yield relationship(id, 'GENERATED_FROM', ids.ofSource(one));
  }
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string): unknown {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

/** The specification wants `YYYY-MM-DDThh:mm:ssZ`: no fraction, no offset. */
function wholeSeconds(time: string): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function completeness({ problems }: ScanReport): string | undefined {
  const missing = problems.filter((problem) => problem.effect === 'incomplete');
  if (missing.length === 0) return undefined;
  return `This list is not complete: ${missing.map((one) => `${one.message}${one.subject === undefined ? '' : ` (${one.subject})`}`).join(' ')}`;
}
