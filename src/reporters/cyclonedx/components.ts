import { classifyLicence, joinExpressions, type Licence } from '#licences/index.ts';
import {
  type Digest,
  type Distribution,
  digestAlgorithm,
  digestHex,
  distributionFacts,
  type Fact,
  type InstalledPackage,
  type PackageScope,
} from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import type { Needs } from '../dependency-graph.ts';
import { imagePurl, packageKey, UniqueIds } from '../identity.ts';
import { artifactFacts, factsBeyond, type OwnPlaces, originalScheme } from '../sbom-facts.ts';

export interface ComponentRefs {
  /** The `bom-ref` of a package, unique in the document. */
  of(one: InstalledPackage): string;
}

export function componentRefs(report: ScanReport): ComponentRefs {
  const ids = new UniqueIds();
  ids.idFor('', artifactRef(report.artifact));
  for (const one of report.packages) ids.idFor(packageKey(one), one.purl);
  return { of: (one) => ids.idFor(packageKey(one), one.purl) };
}

export function artifactRef(artifact: ScannedArtifact): string {
  return imagePurl(artifact) ?? `artifact:${artifact.configDigest ?? artifact.name}`;
}

export function artifactComponent({ artifact }: ScanReport): unknown {
  const digest = artifact.manifestDigest ?? artifact.indexDigest ?? artifact.configDigest;
  return {
    type: artifactType(artifact),
    'bom-ref': artifactRef(artifact),
    name: artifact.name,
    ...(digest === undefined ? {} : { version: digest }),
    ...(artifact.manifestDigest === undefined ? {} : { hashes: [hashOf(artifact.manifestDigest)] }),
    purl: imagePurl(artifact),
    properties: properties(artifactFacts(artifact)),
  };
}

function artifactType(artifact: ScannedArtifact): string {
  const scheme = originalScheme(artifact);
  if (artifact.kind === 'image') return 'container';
  if (scheme === 'directory') return 'application';
  return scheme === 'host' ? 'device' : 'platform';
}

function hashOf(digest: Digest): { alg: string; content: string } {
  return { alg: digestAlgorithm(digest) === 'sha256' ? 'SHA-256' : 'SHA-512', content: digestHex(digest) };
}

export function distributionComponent(distribution: Distribution | undefined) {
  if (!distribution) return undefined;
  const { id, version, endOfLife } = distribution;
  return {
    type: 'operating-system',
    'bom-ref': `os:${id}${version === undefined ? '' : `@${version}`}`,
    name: id,
    version: versionText(version),
    description: distribution.name,
    properties: properties([
      ...distributionFacts(distribution),
      ...(endOfLife === undefined ? [] : [['endOfLife', endOfLife.date] as const]),
      ...(endOfLife?.longTermDate === undefined ? [] : [['endOfLongTermSupport', endOfLife.longTermDate] as const]),
    ]),
  };
}

const places: OwnPlaces = { facts: new Set(['vendor', 'maintainer']), separateLicences: true };

export function packageComponent(
  one: InstalledPackage,
  ref: string,
  needs: Needs | undefined,
  files: boolean,
): unknown {
  return {
    type: one.relation === 'root' ? 'application' : 'library',
    'bom-ref': ref,
    supplier: one.vendor === undefined ? undefined : { name: one.vendor },
    publisher: one.maintainer,
    name: one.name,
    version: versionText(one.version),
    scope: one.scope && scopes[one.scope],
    licenses: licenseChoice(one.licences),
    cpe: one.cpes?.find(isCpe),
    purl: one.purl,
    properties: properties(factsBeyond(one, places, needs, files)),
    evidence: { occurrences: [{ location: one.origin.path }] },
  };
}

const maxVersion = 1_024;

/** The schema takes no longer one. Nobody has such a version but to break something; the package URL has it whole. */
export function versionText(version: string | undefined): string | undefined {
  return version === undefined || version === '' ? undefined : version.slice(0, maxVersion).toWellFormed();
}

/** The formatted string of CPE 2.3 (NISTIR 7695, 6.2) as the schema wants it; anything else is left to the properties. */
const cpeValue = String.raw`(?:[*-]|(?:[\w.-]|\\[!-,/:-@[-^\x60{-~])+)`;
const cpePattern = new RegExp(`^cpe:2\\.3:[aho*-](?::${cpeValue}){5}:(?:[*-]|[a-z]{2,3})(?::${cpeValue}){4}$`);

function isCpe(text: string): boolean {
  return text.length <= 2_000 && cpePattern.test(text);
}

/** `excluded`: not part of what runs. */
const scopes: Readonly<Record<PackageScope, string>> = {
  runtime: 'required',
  development: 'excluded',
  optional: 'optional',
};

/** Named after the program that knows what they mean. */
export function properties(facts: readonly Fact[]): { name: string; value: string }[] | undefined {
  return facts.length === 0 ? undefined : facts.map(([name, value]) => ({ name: `plimsoll:${name}`, value }));
}

/** The schema allows either a list of ids and names or exactly one expression. */
function licenseChoice(texts: readonly string[]): unknown {
  const licences = texts.filter((text) => text.trim() !== '').map(classifyLicence);
  if (licences.length === 0) return undefined;
  if (licences.some((one) => one.kind === 'expression') && licences.every((one) => one.kind !== 'words')) {
    return [{ expression: joinExpressions(licences.map(licenceText)), acknowledgement: 'declared' }];
  }
  return licences.map((one) => ({
    license: { ...(one.kind === 'id' ? { id: one.id } : { name: licenceText(one) }), acknowledgement: 'declared' },
  }));
}

function licenceText(licence: Licence): string {
  if (licence.kind === 'id') return licence.id;
  return licence.kind === 'expression' ? licence.expression : licence.words;
}
