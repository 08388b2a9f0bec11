import { printable } from '#foundation/index.ts';
import {
  type Distribution,
  digestAlgorithm,
  digestHex,
  distributionFacts,
  type Fact,
  type InstalledPackage,
} from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import { fingerprint, imagePurl, packageKey, percentEncoded } from '../identity.ts';
import { artifactFacts, originalScheme } from '../sbom-facts.ts';
import type { LicenceTable } from './licences.ts';

/** A package of the document, before it takes the form of one version of SPDX. Absent members are undefined. */
export interface SpdxPackage {
  /** Unique in the document, of letters, digits, dots and hyphens. */
  readonly id: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly description?: string;
  readonly supplier?: Maker | undefined;
  /** A licence expression that is valid in this document, or NOASSERTION. */
  readonly licenceDeclared: string;
  readonly sourceInfo?: string;
  readonly purpose?: 'CONTAINER' | 'OPERATING_SYSTEM' | 'APPLICATION' | 'SOURCE';
  readonly checksum?: { readonly algorithm: string; readonly value: string } | undefined;
  readonly purl: string | undefined;
  readonly cpes: readonly string[];
  /** What SPDX has no place for. */
  readonly facts: readonly Fact[];
}

export interface Maker {
  readonly kind: 'Organization' | 'Person';
  readonly name: string;
  readonly address?: string;
}

export const artifactId = 'Artifact';
export const distributionId = 'OperatingSystem';
const NOASSERTION = 'NOASSERTION';

export interface PackageIds {
  ofPackage(one: InstalledPackage): string;
  /** The element for what the package was built from; packages of one source share it. */
  ofSource(one: InstalledPackage): string;
}

/** The ids come from the package's own words, so that they do not change when other packages come and go. */
export function packageIds(report: ScanReport): PackageIds {
  const known = new Map<string, string>();
  const idOf = (kind: string, name: string, key: string): string => {
    const id =
      known.get(key) ?? `${kind}-${name.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 60)}-${fingerprint(key).slice(0, 12)}`;
    known.set(key, id);
    return id;
  };
  for (const one of report.packages) idOf('Package', one.name, packageKey(one));
  return {
    ofPackage: (one) => idOf('Package', one.name, packageKey(one)),
    ofSource: ({ type, source, purl }) =>
      idOf(
        'Source',
        source?.name ?? '',
        `source\0${sourcePurl(type, purl, source) ?? ''}\0${source?.name}\0${source?.version}`,
      ),
  };
}

export function artifactPackage(artifact: ScannedArtifact): SpdxPackage {
  const digest = artifact.manifestDigest;
  return {
    id: artifactId,
    name: artifact.name,
    version: digest ?? artifact.indexDigest ?? artifact.configDigest,
    licenceDeclared: NOASSERTION,
    purpose: artifactPurpose(artifact),
    checksum: digest && { algorithm: digestAlgorithm(digest), value: digestHex(digest) },
    purl: imagePurl(artifact),
    cpes: [],
    facts: artifactFacts(artifact),
  };
}

function artifactPurpose(artifact: ScannedArtifact): NonNullable<SpdxPackage['purpose']> {
  if (artifact.kind === 'image') return 'CONTAINER';
  return originalScheme(artifact) === 'directory' ? 'APPLICATION' : 'OPERATING_SYSTEM';
}

export function distributionPackage(distribution: Distribution): SpdxPackage {
  return {
    id: distributionId,
    name: distribution.id,
    version: distribution.version,
    description: distribution.name,
    licenceDeclared: NOASSERTION,
    purpose: 'OPERATING_SYSTEM',
    purl: undefined,
    cpes: [],
    facts: distributionFacts(distribution),
  };
}

export function packageElement(
  one: InstalledPackage,
  id: string,
  licences: LicenceTable,
  facts: readonly Fact[],
): SpdxPackage {
  return {
    id,
    name: one.name,
    version: one.version === '' ? undefined : one.version,
    supplier: supplier(one),
    licenceDeclared: licences.declared(one.licences),
    sourceInfo: foundIn(one),
    purl: one.purl,
    cpes: (one.cpes ?? []).filter(isLocator),
    facts,
  };
}

export function* sources(report: ScanReport, ids: PackageIds): Iterable<[string, InstalledPackage]> {
  const met = new Set<string>();
  for (const one of report.packages) {
    if (!one.source) continue;
    const id = ids.ofSource(one);
    if (met.has(id)) continue;
    met.add(id);
    yield [id, one];
  }
}

export function sourceElement(one: InstalledPackage, id: string): SpdxPackage {
  return {
    id,
    name: one.source?.name ?? one.name,
    version: one.source?.version,
    licenceDeclared: NOASSERTION,
    purpose: 'SOURCE',
    purl: sourcePurl(one.type, one.purl, one.source),
    cpes: [],
    facts: [],
  };
}

/** Debian and rpm have package URLs for sources; no other type has. */
const sourceArchitectures: Partial<Record<InstalledPackage['type'], string>> = { deb: 'source', rpm: 'src' };

function sourcePurl(
  type: InstalledPackage['type'],
  purl: string,
  source: InstalledPackage['source'],
): string | undefined {
  const architecture = sourceArchitectures[type];
  const namespace = /^pkg:[a-z]+\/([^/@?#]+)\//.exec(purl)?.[1];
  if (!source || architecture === undefined || namespace === undefined) return undefined;
  const distribution = /[?&]distro=([^&#]+)/.exec(purl)?.[1];
  const version = percentEncoded(source.version);
  return `pkg:${type}/${namespace}/${percentEncoded(source.name)}@${version}?arch=${architecture}${distribution === undefined ? '' : `&distro=${distribution}`}`;
}

/** A locator has no white space. */
function isLocator(cpe: string): boolean {
  return /^cpe:2\.3:\S{1,2000}$/.test(cpe);
}

function supplier({ vendor, maintainer }: InstalledPackage): Maker | undefined {
  if (vendor !== undefined && plain(vendor) !== '') return { kind: 'Organization', name: plain(vendor) };
  const match = /^([^<>]*)<([^<>\s]+@[^<>\s]+)>/.exec(maintainer ?? '');
  const name = plain(match?.[1] ?? maintainer ?? '');
  if (name === '') return undefined;
  return { kind: 'Person', name, ...(match?.[2] !== undefined && { address: plain(match[2]) }) };
}

function plain(text: string): string {
  return printable(text).replace(/[()]/g, '').trim().slice(0, 300);
}

function foundIn({ cataloger, origin }: InstalledPackage): string {
  const { layer } = origin;
  const place = layer === undefined ? '' : `, brought in by layer ${layer.index} (${layer.diffId}, ${layer.part})`;
  return `read by ${cataloger} from /${origin.path}${place}`;
}
