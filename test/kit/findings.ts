import type { FindingBase } from '#model/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { pkg } from './matching.ts';

/** A vulnerability in a package, with what a test does not care about filled in. */
export function vulnerability(
  id: string,
  owner = pkg('npm', 'lodash 4.17.20', { purl: 'pkg:npm/lodash@4.17.20' }),
  more: Partial<VulnerabilityFinding> = {},
): VulnerabilityFinding {
  return {
    kind: 'vulnerability',
    id,
    aliases: [],
    package: owner,
    state: 'affected',
    severity: 'high',
    scores: [],
    references: [],
    enrichment: {},
    evidence: [],
    ...more,
  };
}

/** A finding in a file. */
export function fileFinding(kind: string, id: string, path: string, more: object = {}): FindingBase {
  return { kind, id, severity: 'high', ...{ location: { path }, ...more } };
}
