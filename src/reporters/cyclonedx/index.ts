import type { InstalledPackage } from '#model/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { reportUuid } from '../identity.ts';
import { jsonText, Rows } from '../json-text.ts';
import type { Reporter, ReporterOptions } from '../reporter.ts';
import {
  artifactComponent,
  artifactRef,
  type ComponentRefs,
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
  const operatingSystem = distributionComponent(report.distribution);
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
      properties: assessmentProperties(report),
    },
    components: new Rows(
      (function* components() {
        if (operatingSystem) yield operatingSystem;
        for (const one of report.packages) yield packageComponent(one, refs.of(one));
      })(),
    ),
    dependencies: new Rows(dependencies(report, refs)),
    compositions: [
      { aggregate: isIncomplete(report) ? 'incomplete' : 'unknown', assemblies: [artifactRef(report.artifact)] },
    ],
    vulnerabilities: options.inventoryOnly ? undefined : new Rows(vulnerabilities(report, refs)),
  };
}

/** The artifact contains all; where records tell what a package needs, that too. */
function* dependencies(report: ScanReport, refs: ComponentRefs): Iterable<unknown> {
  const operatingSystem = distributionComponent(report.distribution);
  const all = new Set(report.packages.map((one) => refs.of(one)));
  yield {
    ref: artifactRef(report.artifact),
    dependsOn: [...(operatingSystem ? [operatingSystem['bom-ref']] : []), ...all],
  };
  const byRecord = new Map(report.packages.map((one) => [recordKey(one, `${one.name}@${one.version}`), refs.of(one)]));
  const written = new Set<string>();
  for (const one of report.packages) {
    const ref = refs.of(one);
    if (!one.dependencies || written.has(ref)) continue;
    written.add(ref);
    const needed = one.dependencies.flatMap((name) => byRecord.get(recordKey(one, name)) ?? []);
    yield { ref, dependsOn: [...new Set(needed)] };
  }
}

/** Packages name what they need within the record that they stand in. */
function recordKey({ type, origin }: InstalledPackage, nameAndVersion: string): string {
  return `${type}\0${origin.path}\0${nameAndVersion}`;
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

/** Sources are not built yet, an image is, and a root file system or host is in use. */
function lifecyclePhase({ artifact }: ScanReport): string {
  if (artifact.scheme === 'directory') return 'pre-build';
  return artifact.kind === 'image' ? 'post-build' : 'operations';
}
