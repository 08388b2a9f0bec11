import { asMembers, asText, type Members, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';
import { ownFacts } from '../annotation.ts';
import { type ComponentDraft, SbomCollector } from '../collector.ts';
import type { ComponentKind, SbomDocument } from '../document.ts';
import { membersIn } from '../members.ts';

/** Reads a document by SPDX 2.2 or 2.3, given as the members of its JSON form. */
export function readSpdx2(root: Members, encoding: 'JSON' | 'tag-value'): SbomDocument {
  const collector = new SbomCollector();
  const words = extractedWords(root);
  for (const each of membersIn(root['packages'])) collector.add(componentOf(each, words));
  const described = relate(collector, root);
  const creation = asMembers(root['creationInfo']);
  return collector.result(
    {
      format: 'SPDX',
      version: (asText(root['spdxVersion']) ?? '').replace(/^SPDX-/, ''),
      encoding,
      id: asText(root['documentNamespace']),
      created: asText(creation?.['created']),
      tools: textsOf(creation?.['creators'] ?? []).flatMap((text) => /^Tool: *(.+)$/.exec(text)?.[1] ?? []),
      properties: annotationsOf(root),
    },
    (ref) => described.has(ref),
  );
}

/** Hands relations to the collector; answers which elements the document says that it describes. */
function relate(collector: SbomCollector, root: Members): ReadonlySet<string> {
  const described = new Set(textsOf(root['documentDescribes'] ?? []));
  for (const each of membersIn(root['relationships'])) {
    const from = asText(each['spdxElementId']) ?? '';
    const to = asText(each['relatedSpdxElement']) ?? '';
    const type = asText(each['relationshipType']) ?? '';
    if (type === 'DESCRIBES') described.add(to);
    else if (type === 'DESCRIBED_BY') described.add(from);
    else if (type === 'CONTAINS') collector.contains(from, to);
    else if (type === 'CONTAINED_BY') collector.contains(to, from);
    else if (type === 'OTHER') relateByComment(collector, from, to, asText(each['comment']) ?? '');
    else relateDependency(collector, from, to, type);
  }
  return described;
}

/** Syft's word for a package whose files are those of a system package. */
function relateByComment(collector: SbomCollector, owner: string, owned: string, comment: string): void {
  if (comment.startsWith('ownership-by-file-overlap')) collector.owns(owner, owned);
}

/** `A DEPENDS_ON B` and `B DEPENDENCY_OF A` mean the same. */
function relateDependency(collector: SbomCollector, from: string, to: string, type: string): void {
  if (type === 'DEPENDS_ON') collector.needs(from, isElement(to) ? [to] : []);
  else if (type.endsWith('DEPENDENCY_OF')) collector.needs(to, isElement(from) ? [from] : []);
}

function isElement(id: string): boolean {
  return id !== 'NONE' && id !== 'NOASSERTION';
}

function componentOf(element: Members, words: ReadonlyMap<string, string>): ComponentDraft {
  const references = membersIn(element['externalRefs']);
  const locators = (type: RegExp): string[] =>
    references.flatMap((one) =>
      type.test(asText(one['referenceType']) ?? '') ? (asText(one['referenceLocator']) ?? []) : [],
    );
  const purpose = asText(element['primaryPackagePurpose'])?.replaceAll('_', '-');
  const sourceInfo = asText(element['sourceInfo']);
  return {
    ref: asText(element['SPDXID']) ?? '',
    kind: kinds.get(purpose ?? '') ?? 'package',
    type: purpose,
    name: asText(element['name']),
    version: asText(element['versionInfo']),
    purl: locators(/^purl$/)[0],
    cpes: locators(/^cpe2[23]Type$/),
    licences: licencesIn(element, words),
    ...makersIn(element),
    digests: membersIn(element['checksums']).flatMap((sum) => {
      const algorithm = asText(sum['algorithm'])?.toLowerCase();
      return algorithm ? [`${algorithm}:${asText(sum['checksumValue']) ?? ''}`] : [];
    }),
    properties: [
      ...annotationsOf(element),
      ...attributionsOf(element),
      ...(sourceInfo === undefined ? [] : [['sourceInfo', sourceInfo] as const]),
    ],
  };
}

const kinds = new Map<string, ComponentKind>([
  ['OPERATING-SYSTEM', 'operating-system'],
  ['SOURCE', 'source'],
  ['FILE', 'other'],
  ['DEVICE', 'other'],
]);

/** `Organization: Name` or `Person: Name (address)`. */
function makersIn(element: Members): Pick<ComponentDraft, 'vendor' | 'maintainer'> {
  const [, kind = '', words = ''] =
    /^(Organization|Person): *(.+)$/s.exec(asText(element['supplier']) ?? asText(element['originator']) ?? '') ?? [];
  const name = words.replace(/ \(([^()\s]+@[^()\s]+)\)$/, ' <$1>');
  return kind === 'Organization' ? { vendor: name } : { maintainer: name };
}

/** What is declared counts before what somebody concluded; a reference into the document becomes the words that it stands for. */
function licencesIn(element: Members, words: ReadonlyMap<string, string>): string[] {
  const texts = [asText(element['licenseDeclared']), asText(element['licenseConcluded'])];
  const text = texts.find((one) => one !== undefined && one !== '' && isElement(one));
  return text === undefined ? [] : [words.get(text) ?? text];
}

const MAX_WORDS = 200;

function extractedWords(root: Members): Map<string, string> {
  const words = new Map<string, string>();
  for (const one of membersIn(root['hasExtractedLicensingInfos'])) {
    const id = asText(one['licenseId']);
    const name = asText(one['name']);
    const text = asText(one['extractedText']) ?? '';
    const said = text.length > 0 && text.length <= MAX_WORDS ? text : name;
    if (id !== undefined && said && isElement(said)) words.set(id, said);
  }
  return words;
}

/** Our own annotations hold facts; those of Trivy one `Name: value` each. */
function annotationsOf(owner: Members): Fact[] {
  return membersIn(owner['annotations']).flatMap((one) => {
    const comment = asText(one['comment']) ?? '';
    return ownFacts(comment) ?? namedValue(comment);
  });
}

function attributionsOf(element: Members): Fact[] {
  return textsOf(element['attributionTexts'] ?? []).flatMap(namedValue);
}

function namedValue(text: string): Fact[] {
  const [, name, value] = /^(\w{1,40}): (.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? [] : [[`aquasecurity:trivy:${name}`, value]];
}
