import type { Fact } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { dependencyGraph, type Needs } from '../dependency-graph.ts';
import { reportUuid } from '../identity.ts';
import type { ReporterOptions } from '../reporter.ts';
import { factsBeyond, type OwnPlaces, reportFacts } from '../sbom-facts.ts';
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

/**
 * A report as SPDX sees it, before it takes the form of one of its versions. Packages and relations are made when they are asked
 * for. SPDX has no place for assessments of vulnerabilities: findings are left to the other formats.
 */
export interface SpdxDocument {
  readonly name: string;
  readonly namespace: string;
  /** Whole seconds, UTC. */
  readonly created: string;
  readonly tool: ScanReport['tool'];
  /** What may be missing. */
  readonly comment: string | undefined;
  readonly facts: readonly Fact[];
  /** The one that the document is about comes first. */
  readonly packages: Iterable<SpdxPackage>;
  readonly extractedLicences: LicenceTable['extracted'];
  readonly relations: Iterable<SpdxRelation>;
}

/** `generatedFrom`: a package and its source. */
export interface SpdxRelation {
  readonly from: string;
  readonly type: 'contains' | 'generatedFrom' | 'dependsOn';
  readonly to: string;
}

/** Names of makers are shortened to the form that the specification has for them, so the facts have them whole. */
const places: OwnPlaces = { facts: new Set(), separateLicences: false };

export function spdxDocument(report: ScanReport, { verbose }: ReporterOptions): SpdxDocument {
  const ids = packageIds(report);
  const graph = dependencyGraph(report.packages, ids.ofPackage);
  const licences = licenceTable(report.packages);
  return {
    name: report.artifact.name,
    namespace: `https://spdx.org/spdxdocs/plimsoll-${reportUuid(report, 'spdx')}`,
    created: wholeSeconds(report.createdAt),
    tool: report.tool,
    comment: completeness(report),
    facts: reportFacts(report),
    packages: (function* packages() {
      yield artifactPackage(report.artifact);
      if (report.distribution) yield distributionPackage(report.distribution);
      for (const one of report.packages) {
        const id = ids.ofPackage(one);
        yield packageElement(one, id, licences, factsBeyond(one, places, graph.get(id), verbose));
      }
      for (const [id, one] of sources(report, ids)) yield sourceElement(one, id);
    })(),
    extractedLicences: licences.extracted,
    relations: relations(report, ids, graph),
  };
}

function* relations(report: ScanReport, ids: PackageIds, graph: ReadonlyMap<string, Needs>): Iterable<SpdxRelation> {
  if (report.distribution) yield { from: artifactId, type: 'contains', to: distributionId };
  const contained = new Set<string>();
  for (const one of report.packages) {
    const id = ids.ofPackage(one);
    if (contained.has(id)) continue;
    contained.add(id);
    yield { from: artifactId, type: 'contains', to: id };
    if (one.source) yield { from: id, type: 'generatedFrom', to: ids.ofSource(one) };
    for (const to of graph.get(id)?.ids ?? []) yield { from: id, type: 'dependsOn', to };
  }
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
