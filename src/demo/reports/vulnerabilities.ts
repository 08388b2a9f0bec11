import type { Distribution, InstalledPackage } from '#model/index.ts';
import { packageUrl } from '#model/index.ts';
import { type PriorityContext, prioritise, type VulnerabilityFinding } from '#vulnerability/index.ts';
import { type PackageLine, versionAt } from '../stock/lines.ts';
import { licences } from '../stock/packages.ts';
import type { DemoVulnerability } from '../stock/vulnerabilities.ts';
import { sourcesAt } from './sources.ts';

/** A package as it is in something, with the line that it is from. */
export interface Installed {
  readonly line: PackageLine;
  /** Position among the versions of the line. */
  readonly version: number;
  readonly package: InstalledPackage;
}

export function install(
  line: PackageLine,
  day: number,
  { distribution, origin }: { readonly distribution?: Distribution; readonly origin: InstalledPackage['origin'] },
): Installed {
  const version = versionAt(line, day);
  const { type, name } = line;
  const isSystem = distribution !== undefined && (type === 'deb' || type === 'apk');
  const described = {
    type,
    name,
    version: line.versions[version]?.version ?? '',
    licences: [licences.get(name) ?? (isSystem ? 'BSD-3-Clause' : 'MIT')],
    ...(isSystem && { architecture: 'amd64' }),
  };
  return {
    line,
    version,
    package: {
      ...described,
      purl: packageUrl(described, distribution),
      cataloger: isSystem ? 'dpkg' : 'npm-lock',
      evidence: isSystem ? 'installed' : 'declared',
      origin,
      ...(!isSystem && { relation: 'direct' as const, scope: 'runtime' as const }),
    },
  };
}

/** What a scan of that day finds in a package: what was published by then and is not mended in its version. */
export function vulnerabilitiesOf(
  installed: Installed,
  day: number,
  at: Date,
  context: PriorityContext,
): VulnerabilityFinding[] {
  const sources = sourcesAt(at);
  return installed.line.vulnerabilities
    .filter(
      ({ publishedDay, fixedIn }) => publishedDay <= day && (fixedIn === undefined || installed.version < fixedIn),
    )
    .map((one) => {
      const finding = findingOf(installed, one, day, at);
      return { ...finding, priority: prioritise(finding, context, sources) };
    });
}

function findingOf(
  { line, package: owner }: Installed,
  known: DemoVulnerability,
  day: number,
  at: Date,
): VulnerabilityFinding {
  const fix = known.fixedIn === undefined ? undefined : line.versions[known.fixedIn];
  const isOut = fix !== undefined && fix.day <= day;
  const date = at.toISOString().slice(0, 10);
  const { epss, exploitedSince } = known;
  return {
    kind: 'vulnerability',
    id: known.id,
    aliases: known.aliases,
    package: owner,
    state: isOut ? 'fixed' : 'affected',
    ...(isOut && { fixedVersion: fix.version }),
    severity: known.severity,
    severitySource: 'demo',
    scores: [known.score],
    summary: known.summary,
    references: known.id.startsWith('CVE-') ? [`https://www.cve.org/CVERecord?id=${known.id}`] : [],
    published: new Date(at.getTime() - (day - known.publishedDay) * 86_400_000).toISOString(),
    enrichment: {
      ...(epss !== undefined && { epss: { probability: epss, percentile: Math.min(0.999, epss ** 0.25), date } }),
      ...(exploitedSince !== undefined && { kev: { dateAdded: exploitedSince, ransomware: false } }),
    },
    evidence: [
      {
        source: 'demo',
        advisoryId: known.id,
        ecosystem: line.type,
        verdict: 'affected',
        name: line.name,
        version: owner.version,
        subject: 'package',
        scheme: line.type,
        ...(isOut && { range: { introduced: '0', fixed: fix.version } }),
      },
    ],
  };
}
