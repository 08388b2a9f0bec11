import { spdxListVersion } from '#licences/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { dependencyGraph, type Needs } from '../dependency-graph.ts';
import { reportUuid } from '../identity.ts';
import type { ReporterOptions } from '../reporter.ts';
import { factsBeyond, type OwnPlaces, reportFacts } from '../sbom-facts.ts';
import { annotator, type SpdxAnnotation, wholeSeconds } from './annotations.ts';
import { type LicenceTable, licenceTable } from './licences.ts';
import {
  artifactId,
  artifactPackage,
  distributionId,
  distributionPackage,
  type PackageIds,
  packageElement,
  packageIds,
  type SpdxPackage,
  sourceElement,
  sources,
} from './packages.ts';

/** Names of makers are shortened to the form that the specification has for them, so the facts have them whole. */
const places: OwnPlaces = { facts: new Set(), separateLicences: false };

export interface SpdxRelationship {
  readonly spdxElementId: string;
  readonly relationshipType: string;
  readonly relatedSpdxElement: string;
}

const documentId = 'SPDXRef-DOCUMENT';

/** The document as the members of its JSON form; packages and relationships are made when they are asked for. */
export interface SpdxDocument {
  readonly spdxVersion: string;
  readonly dataLicense: string;
  readonly SPDXID: string;
  readonly name: string;
  readonly documentNamespace: string;
  readonly comment: string | undefined;
  readonly annotations: readonly SpdxAnnotation[] | undefined;
  readonly creationInfo: {
    readonly created: string;
    readonly creators: readonly string[];
    readonly licenseListVersion: string;
  };
  readonly documentDescribes: readonly string[];
  readonly packages: Iterable<SpdxPackage>;
  readonly hasExtractedLicensingInfos: LicenceTable['extracted'] | undefined;
  readonly relationships: Iterable<SpdxRelationship>;
}

/** SPDX 2.3 has no place for assessments of vulnerabilities: findings are left to the other formats. */
export function spdxDocument(report: ScanReport, { verbose }: ReporterOptions): SpdxDocument {
  const ids = packageIds(report);
  const graph = dependencyGraph(report.packages, ids.ofPackage);
  const annotate = annotator(report);
  const licences = licenceTable(report.packages);
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: report.artifact.name,
    documentNamespace: `https://spdx.org/spdxdocs/plimsoll-${reportUuid(report, 'spdx')}`,
    comment: completeness(report),
    annotations: annotate(reportFacts(report)),
    creationInfo: {
      created: wholeSeconds(report.createdAt),
      creators: [`Tool: ${report.tool.name}-${report.tool.version}`],
      licenseListVersion: spdxListVersion,
    },
    documentDescribes: [artifactId],
    packages: (function* packages(): Iterable<SpdxPackage> {
      yield artifactPackage(report.artifact, annotate);
      if (report.distribution) yield distributionPackage(report.distribution, annotate);
      for (const one of report.packages) {
        const id = ids.ofPackage(one);
        yield packageElement(one, id, licences, annotate(factsBeyond(one, places, graph.get(id), verbose)));
      }
      for (const [id, one] of sources(report, ids)) yield sourceElement(one, id);
    })(),
    hasExtractedLicensingInfos: licences.extracted.length === 0 ? undefined : licences.extracted,
    relationships: relationships(report, ids, graph),
  };
}

function* relationships(
  report: ScanReport,
  ids: PackageIds,
  graph: ReadonlyMap<string, Needs>,
): Iterable<SpdxRelationship> {
  yield relationship(documentId, 'DESCRIBES', artifactId);
  if (report.distribution) yield relationship(artifactId, 'CONTAINS', distributionId);
  const contained = new Set<string>();
  for (const one of report.packages) {
    const id = ids.ofPackage(one);
    if (contained.has(id)) continue;
    contained.add(id);
    yield relationship(artifactId, 'CONTAINS', id);
    if (one.source) yield relationship(id, 'GENERATED_FROM', ids.ofSource(one));
    for (const needed of graph.get(id)?.ids ?? []) yield relationship(id, 'DEPENDS_ON', needed);
  }
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string): SpdxRelationship {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function completeness({ problems }: ScanReport): string | undefined {
  const missing = problems.filter((problem) => problem.effect === 'incomplete');
  if (missing.length === 0) return undefined;
  return `This list is not complete: ${missing.map((one) => `${one.message}${one.subject === undefined ? '' : ` (${one.subject})`}`).join(' ')}`;
}
