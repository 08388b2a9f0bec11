import type { ScanReport } from '#scan/index.ts';
import { reportUuid } from '../identity.ts';
import { jsonText, Rows } from '../json-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import {
  artifactComponent,
  artifactRef,
  componentRefs,
  distributionComponent,
  packageComponent,
} from './components.ts';
import { vulnerabilities } from './vulnerabilities.ts';

export const cyclonedx: Reporter = {
  id: 'cyclonedx',
  title: 'CycloneDX 1.6 JSON: software bill of materials with vulnerabilities',
  references: [
    'https://cyclonedx.org/docs/1.6/json/',
    'https://ecma-international.org/publications-and-standards/standards/ecma-424/',
  ],
  maturity: 'stable',
  mediaType: 'application/vnd.cyclonedx+json; version=1.6',
  fileExtension: '.cdx.json',
  render: (report, options) => jsonText(document(report, options)),
};

function document(report: ScanReport, options: ReporterOptions): unknown {
  const refs = componentRefs(report);
  const root = artifactRef(report.artifact);
  const operatingSystem = distributionComponent(report.distribution);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${reportUuid(report, options.inventoryOnly ? 'cyclonedx-sbom' : 'cyclonedx')}`,
    version: 1,
    metadata: {
      timestamp: report.createdAt,
      lifecycles: [{ phase: report.artifact.kind === 'image' ? 'post-build' : 'operations' }],
      tools: { components: [{ type: 'application', name: report.tool.name, version: report.tool.version }] },
      component: artifactComponent(report),
      properties: assessmentProperties(report),
    },
    components: new Rows(
      (function* components() {
        if (operatingSystem) yield operatingSystem;
        for (const one of report.packages) yield packageComponent(one, refs.of(one));
      })(),
    ),
    dependencies: [
      {
        ref: root,
        dependsOn: [
          ...(operatingSystem ? [operatingSystem['bom-ref']] : []),
          ...new Set(report.packages.map((one) => refs.of(one))),
        ],
      },
    ],
    compositions: [{ aggregate: isIncomplete(report) ? 'incomplete' : 'unknown', assemblies: [root] }],
    vulnerabilities: options.inventoryOnly ? undefined : new Rows(vulnerabilities(report, refs)),
  };
}

/** `complete` is never claimed: files that no package manager knows of may always be there. */
function isIncomplete(report: ScanReport): boolean {
  return report.problems.some((problem) => problem.effect === 'incomplete');
}

function assessmentProperties(report: ScanReport): { name: string; value: string }[] {
  return [
    { name: 'plimsoll:assessment', value: report.assessment },
    ...report.sources.map((one) => ({ name: 'plimsoll:source', value: `${one.source} as of ${one.asOf}` })),
    ...report.unassessed.map((one) => ({
      name: 'plimsoll:unassessed',
      value: `${one.reason}: ${one.packages} (${one.examples.join(', ')}): ${one.message}`,
    })),
    ...report.problems.map((one) => ({
      name: 'plimsoll:problem',
      value: `${one.effect}: ${one.code}${one.subject === undefined ? '' : ` (${one.subject})`}: ${one.message}`,
    })),
  ];
}
