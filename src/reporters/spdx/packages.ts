import { printable } from '#foundation/index.ts';
import {
  type Distribution,
  digestAlgorithm,
  digestHex,
  distributionFacts,
  type InstalledPackage,
} from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import { fingerprint, imagePurl, packageKey, percentEncoded } from '../identity.ts';
import { artifactFacts } from '../sbom-facts.ts';
import type { Annotate, SpdxAnnotation } from './annotations.ts';
import type { LicenceTable } from './licences.ts';

/** A package as JSON has it, as far as ours go; absent members are undefined. */
export interface SpdxPackage {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo: string | undefined;
  readonly description?: string;
  readonly downloadLocation: string;
  readonly filesAnalyzed: boolean;
  readonly licenseConcluded: string;
  readonly copyrightText: string;
  readonly supplier: string;
  readonly licenseDeclared: string;
  readonly sourceInfo?: string;
  readonly primaryPackagePurpose?: string;
  readonly checksums?: readonly { readonly algorithm: string; readonly checksumValue: string }[] | undefined;
  readonly externalRefs?: readonly SpdxReference[] | undefined;
  readonly annotations?: readonly SpdxAnnotation[] | undefined;
}

interface SpdxReference {
  readonly referenceCategory: string;
  readonly referenceType: string;
  readonly referenceLocator: string;
}

export const artifactId = 'SPDXRef-Artifact';
export const distributionId = 'SPDXRef-OperatingSystem';

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
      known.get(key) ??
      `SPDXRef-${kind}-${name.replace(/[^A-Za-z0-9.]+/g, '-').slice(0, 60)}-${fingerprint(key).slice(0, 12)}`;
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

export function artifactPackage(artifact: ScannedArtifact, annotate: Annotate): SpdxPackage {
  const digest = artifact.manifestDigest;
  return {
    SPDXID: artifactId,
    name: artifact.name,
    versionInfo: digest ?? artifact.indexDigest ?? artifact.configDigest,
    ...unanalysed,
    supplier: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: artifact.kind === 'image' ? 'CONTAINER' : 'OPERATING_SYSTEM',
    checksums: digest && [{ algorithm: digestAlgorithm(digest).toUpperCase(), checksumValue: digestHex(digest) }],
    externalRefs: purlReference(imagePurl(artifact)),
    annotations: annotate(artifactFacts(artifact)),
  };
}

export function distributionPackage(distribution: Distribution, annotate: Annotate): SpdxPackage {
  return {
    SPDXID: distributionId,
    name: distribution.id,
    versionInfo: distribution.version,
    description: distribution.name,
    ...unanalysed,
    supplier: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'OPERATING_SYSTEM',
    annotations: annotate(distributionFacts(distribution)),
  };
}

export function packageElement(
  one: InstalledPackage,
  id: string,
  licences: LicenceTable,
  annotations: SpdxPackage['annotations'],
): SpdxPackage {
  return {
    SPDXID: id,
    name: one.name,
    versionInfo: one.version === '' ? undefined : one.version,
    ...unanalysed,
    supplier: supplier(one),
    licenseDeclared: licences.declared(one.licences),
    sourceInfo: foundIn(one),
    externalRefs: [purlLocator(one.purl), ...(one.cpes ?? []).filter(isOneWord).map(cpeReference)],
    annotations,
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
    SPDXID: id,
    name: one.source?.name ?? one.name,
    versionInfo: one.source?.version,
    ...unanalysed,
    supplier: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    primaryPackagePurpose: 'SOURCE',
    externalRefs: purlReference(sourcePurl(one.type, one.purl, one.source)),
  };
}

/** What is the same for every package: its files were not examined one by one, and nobody but its maker was asked. */
const unanalysed = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
};

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

function purlReference(purl: string | undefined): SpdxReference[] | undefined {
  return purl === undefined ? undefined : [purlLocator(purl)];
}

function purlLocator(purl: string): SpdxReference {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
}

function cpeReference(cpe: string): SpdxReference {
  return { referenceCategory: 'SECURITY', referenceType: 'cpe23Type', referenceLocator: cpe };
}

/** A locator has no white space. */
function isOneWord(text: string): boolean {
  return /^cpe:2\.3:\S{1,2000}$/.test(text);
}

/** `Organization: Name` or `Person: Name (address)`, in the specification's own form. */
function supplier({ vendor, maintainer }: InstalledPackage): string {
  if (vendor !== undefined && plain(vendor) !== '') return `Organization: ${plain(vendor)}`;
  const match = /^([^<>]*)<([^<>\s]+@[^<>\s]+)>/.exec(maintainer ?? '');
  const name = plain(match?.[1] ?? maintainer ?? '');
  if (name === '') return 'NOASSERTION';
  return match?.[2] === undefined ? `Person: ${name}` : `Person: ${name} (${plain(match[2])})`;
}

function plain(text: string): string {
  return printable(text).replace(/[()]/g, '').trim().slice(0, 300);
}

function foundIn({ cataloger, origin }: InstalledPackage): string {
  const { layer } = origin;
  const place = layer === undefined ? '' : `, brought in by layer ${layer.index} (${layer.diffId}, ${layer.part})`;
  return `read by ${cataloger} from /${origin.path}${place}`;
}
