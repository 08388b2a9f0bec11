import type { SourceState } from '#advisory/index.ts';
import { programVersion } from '#foundation/index.ts';
import type { ScanReport } from '#scan/index.ts';

/** The feeds as a scan at that time would have had them. */
export function sourcesAt(at: Date): readonly SourceState[] {
  const before = (hours: number) => new Date(at.getTime() - hours * 3_600_000).toISOString();
  const common = { fetchedAt: before(3), limits: ['made up for the demonstration'] };
  return [
    {
      source: 'demo',
      title: 'Made-up advisories',
      license: 'CC0-1.0',
      attribution: 'Plimsoll',
      asOf: before(6),
      advisories: 900,
      ...common,
    },
    {
      source: 'kev',
      title: 'Known Exploited Vulnerabilities catalog',
      license: 'CC0-1.0',
      attribution: 'CISA',
      asOf: before(30),
      advisories: 1470,
      ...common,
    },
  ];
}

/** What is the same in all reports of the demo. */
export function emptyReport(at: Date): Omit<ScanReport, 'artifact' | 'scanners'> {
  return {
    schema: 'plimsoll.scan.v1',
    tool: { name: 'plimsoll', version: programVersion },
    createdAt: at.toISOString(),
    packages: [],
    findings: [],
    sources: sourcesAt(at),
    unassessed: [],
    problems: [],
    checks: { documents: 1, evaluated: 60, failed: 0, byCheck: {}, notAssessed: [] },
    assessment: 'complete',
    statistics: { layers: 0, cachedLayers: 0, entries: 0, bytes: 0, durationMs: 0 },
  };
}
