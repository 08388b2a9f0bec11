import type { ScanReport } from '#scan/index.ts';
import { dependencyGraph, type Needs } from '../dependency-graph.ts';
import { reportUuid } from '../identity.ts';
import { Rows } from '../json-text.ts';
import type { ReporterOptions } from '../reporter.ts';
import { originalScheme, reportFacts } from '../sbom-facts.ts';
import {
  artifactComponent,
  artifactRef,
  type ComponentRefs,
  componentRefs,
  distributionComponent,
  packageComponent,
  properties,
} from './components.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** The document as the members of its JSON form, in the order that the XML form demands. */
export function cyclonedxDocument(report: ScanReport, options: ReporterOptions) {
  const refs = componentRefs(report);
  const operatingSystem = distributionComponent(report.distribution);
  const graph = dependencyGraph(report.packages, refs.of);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${reportUuid(report, options.inventoryOnly ? 'cyclonedx-sbom' : 'cyclonedx')}`,
    version: 1,
    metadata: {
      timestamp: report.createdAt,
      lifecycles: [{ phase: lifecyclePhase(report) }],
      tools: { components: [{ type: 'application', name: report.tool.name, version: report.tool.version }] },
      component: artifactComponent(report),
      properties: properties(reportFacts(report)),
    },
    components: new Rows(
      (function* components() {
        if (operatingSystem) yield operatingSystem;
        for (const one of report.packages) {
          const ref = refs.of(one);
          yield packageComponent(one, ref, graph.get(ref), options.verbose);
        }
      })(),
    ),
    dependencies: new Rows(dependencies(report, refs, graph)),
    compositions: [
      { aggregate: isIncomplete(report) ? 'incomplete' : 'unknown', assemblies: [artifactRef(report.artifact)] },
    ],
    vulnerabilities: options.inventoryOnly ? undefined : new Rows(vulnerabilities(report, refs)),
  };
}

/** The artifact contains all; where records tell what a package needs, that too. */
function* dependencies(report: ScanReport, refs: ComponentRefs, graph: ReadonlyMap<string, Needs>): Iterable<unknown> {
  const operatingSystem = distributionComponent(report.distribution);
  const all = new Set(report.packages.map((one) => refs.of(one)));
  yield {
    ref: artifactRef(report.artifact),
    dependsOn: [...(operatingSystem ? [operatingSystem['bom-ref']] : []), ...all],
  };
  for (const [ref, { ids }] of graph) yield { ref, dependsOn: ids };
}

/** `complete` is never claimed: files that no package manager knows of may always be there. */
function isIncomplete(report: ScanReport): boolean {
  return report.problems.some((problem) => problem.effect === 'incomplete');
}

/** Sources are not built yet, an image is, and a root file system or host is in use. */
function lifecyclePhase({ artifact }: ScanReport): string {
  if (originalScheme(artifact) === 'directory') return 'pre-build';
  return artifact.kind === 'image' ? 'post-build' : 'operations';
}
