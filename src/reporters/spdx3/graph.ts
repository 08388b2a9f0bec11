import { spdxListVersion } from '#licences/index.ts';
import type { Fact } from '#model/index.ts';
import type { ScannedArtifact } from '#scan/index.ts';
import { fingerprint } from '../identity.ts';
import { originalScheme } from '../sbom-facts.ts';
import type { SpdxDocument, SpdxRelation } from '../spdx/document.ts';
import { artifactId, type Maker, type SpdxPackage } from '../spdx/packages.ts';

const creationInfo = '_:creationInfo';

/** The elements of the graph, one by one: what is referred to need not stand before. */
export function* graphElements(document: SpdxDocument, artifact: ScannedArtifact): Iterable<unknown> {
  const iri = (id: string): string => `${document.namespace}#${id}`;
  yield* creation(document, iri);
  yield* documentElements(document, artifact, iri);
  const shared = new SharedElements(document, iri);
  for (const one of document.packages) {
    yield* shared.newFor(one);
    yield packageElement(one, iri);
    const licence = shared.licenceOf(one);
    if (licence !== undefined) {
      yield relationship(iri(`Licence-of-${one.id}`), iri(one.id), 'hasDeclaredLicense', [licence]);
    }
  }
  for (const text of document.extractedLicences) {
    yield {
      type: 'simplelicensing_SimpleLicensingText',
      spdxId: iri(text.licenseId),
      creationInfo,
      name: text.name,
      simplelicensing_licenseText: text.extractedText,
    };
  }
  for (const { from, type, to } of document.relations) {
    const id = iri(`Relation-${fingerprint(from, type, to).slice(0, 16)}`);
    // What a package was generated from generates it: this version has the relation in one direction only.
    yield type === 'generatedFrom'
      ? relationship(id, iri(to), 'generates', [iri(from)])
      : relationship(id, iri(from), type, [iri(to)]);
  }
}

type Iri = (id: string) => string;

/** A program is both who made the statements and with what. */
function* creation({ tool, created }: SpdxDocument, iri: Iri): Iterable<unknown> {
  yield {
    type: 'CreationInfo',
    '@id': creationInfo,
    created,
    createdBy: [iri('Agent')],
    createdUsing: [iri('Tool')],
    specVersion: '3.0.1',
  };
  const name = `${tool.name} ${tool.version}`;
  yield { type: 'SoftwareAgent', spdxId: iri('Agent'), creationInfo, name };
  yield { type: 'Tool', spdxId: iri('Tool'), creationInfo, name };
}

function* documentElements(document: SpdxDocument, artifact: ScannedArtifact, iri: Iri): Iterable<unknown> {
  yield {
    type: 'SpdxDocument',
    spdxId: document.namespace,
    creationInfo,
    name: document.name,
    comment: document.comment,
    dataLicense: iri('DataLicence'),
    profileConformance: ['core', 'software', 'simpleLicensing', 'extension'],
    rootElement: [iri('Sbom')],
    extension: extensionOf(document.facts),
  };
  yield licenceExpression(iri('DataLicence'), 'CC0-1.0', []);
  yield {
    type: 'software_Sbom',
    spdxId: iri('Sbom'),
    creationInfo,
    profileConformance: ['core', 'software', 'simpleLicensing', 'extension'],
    rootElement: [iri(artifactId)],
    software_sbomType: [sbomType(artifact)],
  };
}

/** Where in its life what is described was looked at. */
function sbomType(artifact: ScannedArtifact): string {
  if (artifact.kind === 'image') return 'analyzed';
  return originalScheme(artifact) === 'directory' ? 'source' : 'deployed';
}

/** Makers and licences are elements of their own, that many packages refer to. */
class SharedElements {
  readonly #iri: Iri;
  readonly #written = new Set<string>();
  readonly #words: ReadonlySet<string>;

  constructor({ extractedLicences }: SpdxDocument, iri: Iri) {
    this.#iri = iri;
    this.#words = new Set(extractedLicences.map(({ licenseId }) => licenseId));
  }

  /** The elements that this package is the first to refer to. */
  *newFor(one: SpdxPackage): Iterable<unknown> {
    if (one.supplier !== undefined && this.#isNew(makerId(one.supplier))) yield makerElement(one.supplier, this.#iri);
    const licence = this.licenceOf(one);
    if (licence === undefined || !this.#isNew(licence)) return;
    const references = (one.licenceDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? []).filter((id) =>
      this.#words.has(id),
    );
    yield licenceExpression(
      licence,
      one.licenceDeclared,
      [...new Set(references)].map((id) => ({ type: 'DictionaryEntry', key: id, value: this.#iri(id) })),
    );
  }

  licenceOf({ licenceDeclared }: SpdxPackage): string | undefined {
    if (licenceDeclared === 'NOASSERTION') return undefined;
    return this.#iri(`Licence-${fingerprint(licenceDeclared).slice(0, 16)}`);
  }

  #isNew(id: string): boolean {
    const before = this.#written.size;
    return this.#written.add(id).size > before;
  }
}

function licenceExpression(id: string, expression: string, words: readonly unknown[]): unknown {
  return {
    type: 'simplelicensing_LicenseExpression',
    spdxId: id,
    creationInfo,
    simplelicensing_licenseExpression: expression,
    simplelicensing_licenseListVersion: `${spdxListVersion}.0`,
    simplelicensing_customIdToUri: words.length === 0 ? undefined : words,
  };
}

function makerId({ kind, name, address = '' }: Maker): string {
  return `${kind}-${fingerprint(name, address).slice(0, 16)}`;
}

function makerElement(maker: Maker, iri: Iri): unknown {
  return {
    type: maker.kind,
    spdxId: iri(makerId(maker)),
    creationInfo,
    name: maker.name,
    externalIdentifier: maker.address === undefined ? undefined : [externalIdentifier('email', maker.address)],
  };
}

function packageElement(one: SpdxPackage, iri: Iri): unknown {
  const { purl, checksum, supplier } = one;
  const identifiers = [
    ...(purl === undefined ? [] : [externalIdentifier('packageUrl', purl)]),
    ...one.cpes.map((cpe) => externalIdentifier('cpe23', cpe)),
  ];
  return {
    type: 'software_Package',
    spdxId: iri(one.id),
    creationInfo,
    name: one.name,
    description: one.description,
    software_packageVersion: one.version,
    software_packageUrl: purl,
    software_primaryPurpose: one.purpose && purposes[one.purpose],
    software_sourceInfo: one.sourceInfo,
    suppliedBy: supplier && iri(makerId(supplier)),
    verifiedUsing: checksum && [{ type: 'Hash', algorithm: checksum.algorithm, hashValue: checksum.value }],
    externalIdentifier: identifiers.length === 0 ? undefined : identifiers,
    extension: extensionOf(one.facts),
  };
}

const purposes: Readonly<Record<NonNullable<SpdxPackage['purpose']>, string>> = {
  CONTAINER: 'container',
  OPERATING_SYSTEM: 'operatingSystem',
  APPLICATION: 'application',
  SOURCE: 'source',
};

function externalIdentifier(externalIdentifierType: string, identifier: string): unknown {
  return { type: 'ExternalIdentifier', externalIdentifierType, identifier };
}

/** The extension that the specification has for properties of CycloneDX. */
function extensionOf(facts: readonly Fact[]): unknown {
  if (facts.length === 0) return undefined;
  return [
    {
      type: 'extension_CdxPropertiesExtension',
      extension_cdxProperty: facts.map(([name, value]) => ({
        type: 'extension_CdxPropertyEntry',
        extension_cdxPropName: `plimsoll:${name}`,
        extension_cdxPropValue: value,
      })),
    },
  ];
}

function relationship(
  id: string,
  from: string,
  type: SpdxRelation['type'] | 'generates' | 'hasDeclaredLicense',
  to: readonly string[],
): unknown {
  return { type: 'Relationship', spdxId: id, creationInfo, from, relationshipType: type, to };
}
