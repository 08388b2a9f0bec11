import type { Problem } from '#foundation/index.ts';
import { type Distribution, distributionFromFacts, type PackageUrl, parsePackageUrl } from '#model/index.ts';
import { endOfLifeOf, releaseOfCodename } from '../distribution/end-of-life.ts';
import { detectDistribution } from '../distribution/index.ts';
import type { SbomComponent, SbomDocument } from './document.ts';
import { propertyOf } from './hints.ts';
import { ownFactsOf } from './own.ts';

/** The distribution that a document says its packages are of. */
export interface ToldDistribution {
  readonly distribution?: Distribution;
  readonly problems: readonly Problem[];
}

/**
 * The operating system among the components tells, else what most system packages say in their package URLs. Names of tools become
 * those of os-release, and the rest is done as for a root file system.
 */
export function distributionOf(document: SbomDocument, path: string): ToldDistribution {
  const system = document.components.find(({ kind }) => kind === 'operating-system');
  const own = system && distributionFromFacts(ownFactsOf(system));
  if (own !== undefined) {
    const endOfLife = endOfLifeOf(own);
    return { distribution: endOfLife ? { ...own, endOfLife } : own, problems: [] };
  }
  const claim = (system && claimOfSystem(system)) ?? claimOfPackages(document.components);
  if (claim === undefined) return { problems: [] };
  const { distribution, problems } = detectDistribution(releaseFiles(claim));
  const located = problems.map((problem) => ({ ...problem, subject: path }));
  return distribution
    ? { distribution: { ...distribution, evidence: path }, problems: located }
    : { problems: located };
}

interface Claim {
  readonly id: string;
  readonly version?: string;
  readonly name?: string;
  readonly codename?: string;
  readonly like?: string;
}

function claimOfSystem(system: SbomComponent): Claim {
  const { name, version } = system;
  const title = propertyOf(system, 'syft:distro:prettyName');
  const codename = propertyOf(system, 'syft:distro:versionCodename');
  const release = propertyOf(system, 'syft:distro:versionID') ?? version;
  const like = [...system.properties].flatMap(([key, values]) => (/^syft:distro:idLike:\d+$/.test(key) ? values : []));
  return {
    id: releaseId(propertyOf(system, 'syft:distro:id') ?? name),
    ...(release !== undefined && { version: release }),
    ...(title !== undefined && { name: title }),
    ...(codename !== undefined && { codename }),
    ...(like.length > 0 && { like: like.join(' ') }),
  };
}

function claimOfPackages(components: readonly SbomComponent[]): Claim | undefined {
  const votes = new Map<string, { readonly claim: Claim; count: number }>();
  for (const { purl } of components) {
    const claim = purl !== undefined && /^pkg:(?:deb|rpm|apk)\//i.test(purl) ? claimOfPurl(purl) : undefined;
    if (claim === undefined) continue;
    const key = `${claim.id}\0${claim.version ?? ''}`;
    const known = votes.get(key);
    if (known) known.count++;
    else votes.set(key, { claim, count: 1 });
  }
  const [most] = [...votes.values()].sort((a, b) => b.count - a.count);
  return most?.claim;
}

function claimOfPurl(text: string): Claim | undefined {
  const purl = parsePackageUrl(text);
  if (!purl.ok) return undefined;
  const vendor = vendorOf(purl.value);
  const distro = purl.value.qualifiers['distro'];
  if (distro === undefined) return vendor === undefined ? undefined : { id: vendor };
  // `debian-12`, `opensuse-leap-15.5`, `alpine-edge`; only the number, as `3.20.3`; only the code name, as `bookworm`.
  const [, id, version] = /^(.*?)-?(\d[\w.]*|edge)$/.exec(distro) ?? [];
  if (version !== undefined)
    return id ? { id: releaseId(id), version } : vendor === undefined ? undefined : { id: vendor, version };
  const codename = distro.slice(distro.lastIndexOf('-') + 1);
  const release = vendor && releaseOfCodename(vendor, codename);
  return release ? { id: vendor, version: release, codename } : { id: releaseId(distro) };
}

function vendorOf({ namespace }: PackageUrl): string | undefined {
  return namespace === undefined ? undefined : releaseId(namespace);
}

/** Names that tools give to what os-release calls otherwise. */
const IDS = new Map([
  ['alma', 'almalinux'],
  ['amazon', 'amzn'],
  ['amazonlinux', 'amzn'],
  ['opensuse.leap', 'opensuse-leap'],
  ['opensuse leap', 'opensuse-leap'],
  ['opensuse.tumbleweed', 'opensuse-tumbleweed'],
  ['opensuse tumbleweed', 'opensuse-tumbleweed'],
  ['opensuse', 'opensuse-leap'],
  ['oracle', 'ol'],
  ['oraclelinux', 'ol'],
  ['red hat enterprise linux', 'rhel'],
  ['redhat', 'rhel'],
  ['suse', 'sles'],
  ['suse linux enterprise server', 'sles'],
  ['suse linux enterprise micro', 'sle-micro'],
  ['slem', 'sle-micro'],
]);

function releaseId(name: string): string {
  const lower = name.trim().toLowerCase();
  return IDS.get(lower) ?? lower;
}

/** The files that a root file system of such a claim would have. */
function releaseFiles({ id, version, name, codename, like }: Claim): Map<string, string> {
  const release = versionId(id, version);
  const lines = [
    ['ID', id],
    ['VERSION_ID', release],
    ['PRETTY_NAME', name ?? [id, version].filter(Boolean).join(' ')],
    ['VERSION_CODENAME', codename],
    ['ID_LIKE', like],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}="${shellText(value)}"`]));
  const files = new Map([['etc/os-release', `${lines.join('\n')}\n`]]);
  if (id === 'alpine' && version === 'edge') files.set('etc/alpine-release', 'edge\n');
  if (id === 'debian' && version?.includes('.')) files.set('etc/debian_version', `${version}\n`);
  if (id === 'centos' && version !== undefined)
    files.set('etc/centos-release', `CentOS release ${shellText(version)}\n`);
  return files;
}

/** What os-release has: Trivy tells Debian's point release, and `2 (Karoo)`. */
function versionId(id: string, version: string | undefined): string | undefined {
  const [number] = (version ?? '').split(' ');
  if (!number) return undefined;
  if (id === 'debian' || id === 'amzn') return number.split('.')[0];
  return number;
}

function shellText(text: string): string {
  return text.replace(/["\\$`\p{Cc}]/gu, ' ').slice(0, 500);
}
