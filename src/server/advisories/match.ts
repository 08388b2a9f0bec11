import type { AdvisoryLookup, SourceState } from '#advisory/index.ts';
import { submittedVulnerability } from '#intake/index.ts';
import { type InstalledPackage, packageFromFacts } from '#model/index.ts';
import type { ConcernedPackages, KeptPackage, MatchedVulnerability } from '#storage/index.ts';
import { type MatchResult, matchInventory, prioritise, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { distributionFrom } from './distribution.ts';

export interface MatchedPackages {
  readonly vulnerabilities: readonly MatchedVulnerability[];
  readonly unassessed: MatchResult['unassessed'];
}

/**
 * Compares packages with advisories as a scan does. Pure but for the questions to the lookup.
 *
 * @param owners system packages that brought some of them, which may speak for those
 */
export function matchPackages(
  { context, distribution, isSubscribed, packages }: ConcernedPackages,
  owners: readonly KeptPackage[],
  lookup: AdvisoryLookup & { readonly enrichmentSources: readonly SourceState[] },
  now: Date,
): MatchedPackages {
  const byPackage = new Map(packages.map((kept) => [installedFrom(kept), kept.id]));
  const known = distributionFrom(distribution);
  const inventory = {
    ...(known && { distribution: known }),
    packages: [...byPackage.keys(), ...owners.map(installedFrom)].filter((one) => one !== undefined),
    problems: [],
    statistics: { layers: 0, cachedLayers: 0, entries: 0, bytes: 0 },
  };
  const options = { includeKernelHeaders: false, today: now.toISOString(), subscribed: isSubscribed };
  const { findings, unassessed } = matchInventory(inventory, [lookup], options);
  const vulnerabilities = findings.flatMap((finding) => {
    const packageId = byPackage.get(finding.package);
    return packageId === undefined || finding.state === 'not-affected'
      ? []
      : [matched(finding, { context, packageId, sources: lookup.enrichmentSources })];
  });
  return { vulnerabilities, unassessed };
}

function matched(
  finding: VulnerabilityFinding,
  { context, packageId, sources }: { context: string; packageId: number; sources: readonly SourceState[] },
): MatchedVulnerability {
  const priority = prioritise(finding, {}, sources);
  const evidence = finding.evidence[0];
  return {
    context,
    packageId,
    finding: submittedVulnerability({ ...finding, priority }),
    advisory: evidence?.advisoryId ?? finding.id,
    source: evidence?.source ?? '',
  };
}

/** Undefined for kinds of packages that this version does not know. */
function installedFrom(kept: KeptPackage): InstalledPackage | undefined {
  const { type, name, version, purl, source, sourceVersion } = kept;
  const facts = Map.groupBy(
    [...kept.facts, ['type', type], ['cataloger', 'unknown'], ...sourceFacts(source, sourceVersion)] as const,
    ([fact]) => fact,
  );
  const texts = new Map([...facts].map(([fact, pairs]) => [fact, pairs.map(([, text]) => text)]));
  return packageFromFacts(texts, { name, version, purl, licences: [], layers: new Map() });
}

function sourceFacts(name: string | null, version: string | null): (readonly [string, string])[] {
  if (name === null) return [];
  return [['sourceName', name], ...(version === null ? [] : [['sourceVersion', version] as const])];
}
