import { classifyLicence, joinExpressions, type Licence } from '#licences/index.ts';
import {
  type Digest,
  type Distribution,
  digestAlgorithm,
  digestHex,
  type InstalledPackage,
  type PackageScope,
} from '#model/index.ts';
import type { ScannedArtifact, ScanReport } from '#scan/index.ts';
import { imagePurl, packageKey, UniqueIds } from '../identity.ts';

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
    properties: properties([
      ['scheme', artifact.scheme],
      ['platform', artifact.platform && `${artifact.platform.os}/${artifact.platform.architecture}`],
      ['indexDigest', artifact.indexDigest],
      ['configDigest', artifact.configDigest],
      ...artifact.tags.map((tag): Property => ['tag', tag]),
      ...artifact.layers.map((layer): Property => ['layer', `${layer.index} ${layer.diffId} ${layer.part}`]),
    ]),
  };
}

function artifactType(artifact: ScannedArtifact): string {
  if (artifact.kind === 'image') return 'container';
  if (artifact.scheme === 'directory') return 'application';
  return artifact.scheme === 'host' ? 'device' : 'platform';
}

function hashOf(digest: Digest): { alg: string; content: string } {
  return { alg: digestAlgorithm(digest) === 'sha256' ? 'SHA-256' : 'SHA-512', content: digestHex(digest) };
}

export function distributionComponent(distribution: Distribution | undefined) {
  if (!distribution) return undefined;
  return {
    type: 'operating-system',
    'bom-ref': `os:${distribution.id}${distribution.version === undefined ? '' : `@${distribution.version}`}`,
    name: distribution.id,
    version: distribution.version,
    description: distribution.name,
    properties: properties([
      ['codename', distribution.codename],
      ['pointRelease', distribution.pointRelease],
      ['endOfLife', distribution.endOfLife?.date],
      ['endOfLongTermSupport', distribution.endOfLife?.longTermDate],
    ]),
  };
}

export function packageComponent(one: InstalledPackage, ref: string): unknown {
  return {
    type: 'library',
    'bom-ref': ref,
    supplier: one.vendor === undefined ? undefined : { name: one.vendor },
    publisher: one.maintainer,
    name: one.name,
    version: one.version === '' ? undefined : one.version,
    scope: one.scope && scopes[one.scope],
    licenses: licenseChoice(one.licences),
    purl: one.purl,
    evidence: { occurrences: [{ location: one.origin.path }] },
    properties: properties([
      ['cataloger', one.cataloger],
      ['evidence', one.evidence],
      ['sourceName', one.source?.name],
      ['sourceVersion', one.source?.version],
      ['modularity', one.modularity],
      ['scope', one.scope],
      ['relation', one.relation],
      ['ownedBy', one.ownedBy],
      ['layerIndex', one.origin.layer && String(one.origin.layer.index)],
      ['layerDiffId', one.origin.layer?.diffId],
      ['layerPart', one.origin.layer?.part],
      ['layerInstruction', one.origin.layer?.instruction],
    ]),
  };
}

/** `excluded`: not part of what runs. */
const scopes: Readonly<Record<PackageScope, string>> = {
  runtime: 'required',
  development: 'excluded',
  optional: 'optional',
};

type Property = readonly [name: string, value: string | undefined];

function properties(pairs: readonly Property[]): { name: string; value: string }[] | undefined {
  const known = pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name: `plimsoll:${name}`, value }]));
  return known.length === 0 ? undefined : known;
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
