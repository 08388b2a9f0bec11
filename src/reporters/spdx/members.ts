import { spdxListVersion } from '#licences/index.ts';
import type { Fact } from '#model/index.ts';
import type { SpdxDocument, SpdxRelation } from './document.ts';
import { artifactId, type Maker, type SpdxPackage } from './packages.ts';

/** What the forms of SPDX 2.3 have in common: the members of its JSON form. Tag-value writes the same under other names. */
export interface Spdx2Members {
  readonly spdxVersion: string;
  readonly dataLicense: string;
  readonly SPDXID: string;
  readonly name: string;
  readonly documentNamespace: string;
  readonly comment: string | undefined;
  readonly annotations: readonly Spdx2Annotation[] | undefined;
  readonly creationInfo: {
    readonly created: string;
    readonly creators: readonly string[];
    readonly licenseListVersion: string;
  };
  readonly documentDescribes: readonly string[];
  readonly packages: Iterable<Spdx2Package>;
  readonly hasExtractedLicensingInfos: SpdxDocument['extractedLicences'] | undefined;
  readonly relationships: Iterable<Spdx2Relationship>;
}

export interface Spdx2Package {
  readonly SPDXID: string;
  readonly name: string;
  readonly versionInfo: string | undefined;
  readonly description: string | undefined;
  readonly downloadLocation: string;
  readonly filesAnalyzed: boolean;
  readonly licenseConcluded: string;
  readonly copyrightText: string;
  readonly supplier: string;
  readonly licenseDeclared: string;
  readonly sourceInfo: string | undefined;
  readonly primaryPackagePurpose: string | undefined;
  readonly checksums: readonly { readonly algorithm: string; readonly checksumValue: string }[] | undefined;
  readonly externalRefs:
    | readonly {
        readonly referenceCategory: string;
        readonly referenceType: string;
        readonly referenceLocator: string;
      }[]
    | undefined;
  readonly annotations: readonly Spdx2Annotation[] | undefined;
}

/** A remark on an element. */
export interface Spdx2Annotation {
  readonly annotationDate: string;
  readonly annotationType: 'OTHER';
  readonly annotator: string;
  readonly comment: string;
}

interface Spdx2Relationship {
  readonly spdxElementId: string;
  readonly relationshipType: string;
  readonly relatedSpdxElement: string;
}

const documentId = 'SPDXRef-DOCUMENT';

export function spdx2Members(document: SpdxDocument): Spdx2Members {
  const tool = `Tool: ${document.tool.name}-${document.tool.version}`;
  const annotate = annotator(tool, document.created);
  const { extractedLicences } = document;
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: document.name,
    documentNamespace: document.namespace,
    comment: document.comment,
    annotations: annotate(document.facts),
    creationInfo: { created: document.created, creators: [tool], licenseListVersion: spdxListVersion },
    documentDescribes: [referenceTo(artifactId)],
    packages: mapped(document.packages, (one) => packageMembers(one, annotate)),
    hasExtractedLicensingInfos: extractedLicences.length === 0 ? undefined : extractedLicences,
    relationships: relationships(document.relations),
  };
}

function referenceTo(id: string): string {
  return `SPDXRef-${id}`;
}

type Annotate = (facts: readonly Fact[]) => readonly Spdx2Annotation[] | undefined;

/** Writes facts as one annotation, `plimsoll:facts {"cataloger":"dpkg-db"}`: these versions have no properties. */
function annotator(annotator: string, annotationDate: string): Annotate {
  return (facts) =>
    facts.length === 0
      ? undefined
      : [{ annotationDate, annotationType: 'OTHER', annotator, comment: factsComment(facts) }];
}

/** Names that occur more than once have a list. */
function factsComment(facts: readonly Fact[]): string {
  const byName = Map.groupBy(facts, ([name]) => name);
  const members = [...byName].map(([name, all]) => [
    name,
    all.length === 1 ? all[0]?.[1] : all.map(([, value]) => value),
  ]);
  // In tag-value a text ends with `</text>`; the escape is JSON's own.
  return `plimsoll:facts ${JSON.stringify(Object.fromEntries(members)).replaceAll('<', '\\u003c')}`;
}

/** Files were not examined one by one, and nobody but the maker was asked. */
function packageMembers(one: SpdxPackage, annotate: Annotate): Spdx2Package {
  const { checksum, purl } = one;
  const references = [
    ...(purl === undefined ? [] : [reference('PACKAGE-MANAGER', 'purl', purl)]),
    ...one.cpes.map((cpe) => reference('SECURITY', 'cpe23Type', cpe)),
  ];
  return {
    SPDXID: referenceTo(one.id),
    name: one.name,
    versionInfo: one.version,
    description: one.description,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    supplier: one.supplier === undefined ? 'NOASSERTION' : makerText(one.supplier),
    licenseDeclared: one.licenceDeclared,
    sourceInfo: one.sourceInfo,
    primaryPackagePurpose: one.purpose,
    checksums: checksum && [{ algorithm: checksum.algorithm.toUpperCase(), checksumValue: checksum.value }],
    externalRefs: references.length === 0 ? undefined : references,
    annotations: annotate(one.facts),
  };
}

function reference(referenceCategory: string, referenceType: string, referenceLocator: string) {
  return { referenceCategory, referenceType, referenceLocator };
}

/** `Organization: Name` or `Person: Name (address)`, in the specification's own form. */
function makerText({ kind, name, address }: Maker): string {
  return `${kind}: ${name}${address === undefined ? '' : ` (${address})`}`;
}

const relationshipTypes: Readonly<Record<SpdxRelation['type'], string>> = {
  contains: 'CONTAINS',
  generatedFrom: 'GENERATED_FROM',
  dependsOn: 'DEPENDS_ON',
};

function* relationships(relations: Iterable<SpdxRelation>): Iterable<Spdx2Relationship> {
  yield relationship(documentId, 'DESCRIBES', referenceTo(artifactId));
  for (const { from, type, to } of relations) {
    yield relationship(referenceTo(from), relationshipTypes[type], referenceTo(to));
  }
}

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string): Spdx2Relationship {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}

function* mapped<T, U>(items: Iterable<T>, change: (item: T) => U): Iterable<U> {
  for (const item of items) yield change(item);
}
