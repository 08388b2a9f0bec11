import type { Score } from '#advisory/index.ts';
import type { ScanReport } from '#scan/index.ts';
import type { VulnerabilityFinding } from '#vulnerability/index.ts';
import { UniqueIds } from '../identity.ts';
import { groupBy, vulnerabilitiesOf } from '../tally.ts';
import { vulnerabilityPage, webAddress } from '../web-address.ts';
import { affectedStatus, analysis, analysisKey } from './analysis.ts';
import { type ComponentRefs, versionText } from './components.ts';

/** One entry for one vulnerability in one state, since the format keeps the analysis and the advice with the vulnerability. */
export function* vulnerabilities(report: ScanReport, refs: ComponentRefs): Iterable<unknown> {
  const ids = new UniqueIds();
  const groups = groupBy(
    vulnerabilitiesOf(report),
    (one) => `${one.id}\0${one.state}\0${one.severity}\0${one.fixedVersion ?? ''}\0${analysisKey(one)}`,
  );
  for (const [key, group] of groups) {
    const [first] = group;
    if (first) yield vulnerability(first, group, ids.idFor(key, `vulnerability:${first.id}`), refs);
  }
}

function vulnerability(
  first: VulnerabilityFinding,
  group: readonly VulnerabilityFinding[],
  ref: string,
  refs: ComponentRefs,
): unknown {
  const advisories = first.references.flatMap((one) => webAddress(one) ?? []).map((url) => ({ url }));
  return {
    'bom-ref': ref,
    id: first.id,
    source: sourceOf(first),
    references: first.aliases.map((id) => ({ id, source: { name: first.evidence[0]?.source ?? 'unknown' } })),
    ratings: ratings(first),
    description: first.summary,
    recommendation: recommendation(first, group),
    advisories: advisories.length === 0 ? undefined : advisories,
    published: timestamp(first.published),
    analysis: analysis(first),
    affects: [...new Map(group.map((one) => [refs.of(one.package), one])).entries()].map(([affected, one]) => ({
      ref: affected,
      versions: [{ version: versionText(one.package.version) ?? '', status: affectedStatus(one) }],
    })),
    properties: vulnerabilityProperties(first),
  };
}

function sourceOf(one: VulnerabilityFinding): { name: string; url?: string } {
  const url = vulnerabilityPage(one.id);
  return { name: one.evidence[0]?.source ?? 'unknown', ...(url === undefined ? {} : { url }) };
}

function ratings(one: VulnerabilityFinding): unknown[] {
  const own = {
    severity: one.severity,
    ...(one.severitySource === undefined ? {} : { source: { name: one.severitySource } }),
  };
  const vectors = one.scores.flatMap((score) => {
    const method = scoreMethod(score);
    return method === undefined ? [] : [{ method, vector: score.value }];
  });
  return [own, ...vectors];
}

function scoreMethod({ type, value }: Score): string | undefined {
  if (type === 'CVSS_V2') return 'CVSSv2';
  if (type === 'CVSS_V4') return 'CVSSv4';
  if (type === 'CVSS_V3') return value.startsWith('CVSS:3.0/') ? 'CVSSv3' : 'CVSSv31';
  return undefined;
}

function recommendation(one: VulnerabilityFinding, group: readonly VulnerabilityFinding[]): string | undefined {
  if (one.fixedVersion === undefined) return undefined;
  const names = [...new Set(group.map((each) => each.package.source?.name ?? each.package.name))];
  return `Upgrade ${names.join(', ')} to ${one.fixedVersion} or later.`;
}

function timestamp(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function vulnerabilityProperties(one: VulnerabilityFinding): unknown[] {
  const { epss, kev } = one.enrichment;
  const pairs: (readonly [string, string])[] = [['state', one.state]];
  if (one.fixedVersion !== undefined) pairs.push(['fixedVersion', one.fixedVersion]);
  if (epss) pairs.push(['epss', `${epss.probability} (percentile ${epss.percentile}, ${epss.date})`]);
  if (kev) pairs.push(['knownExploited', `since ${kev.dateAdded}${kev.ransomware ? ', in ransomware campaigns' : ''}`]);
  for (const each of one.evidence)
    pairs.push([
      'evidence',
      `${each.source} ${each.advisoryId}: ${each.ecosystem} ${each.name} ${each.version} ${each.verdict ?? 'affected'}`,
    ]);
  return pairs.map(([name, value]) => ({ name: `plimsoll:${name}`, value }));
}
