import { classifyLicence } from '#licences/index.ts';

/**
 * Checks an SPDX 2.3 JSON document by the rules of the specification, as far as our documents go: no package carries the published
 * schema, and the schema does not see dangling references or invalid licence expressions.
 * https://spdx.github.io/spdx-spec/v2.3/
 */
export function spdxFaults(document: unknown): string[] {
  const faults: string[] = [];
  const root = record(document);
  onlyKeys(faults, 'document', root, documentKeys);
  expect(faults, root['spdxVersion'] === 'SPDX-2.3' && root['dataLicense'] === 'CC0-1.0', 'version and data licence');
  expect(faults, root['SPDXID'] === 'SPDXRef-DOCUMENT', 'document id');
  expect(
    faults,
    /^https:\/\/[^\s#]+$/.test(String(root['documentNamespace'])),
    'namespace is an absolute address without #',
  );
  const creation = record(root['creationInfo']);
  expect(faults, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(creation['created'])), 'created in whole seconds');
  expect(
    faults,
    list(creation['creators']).every((one) => /^(Tool|Person|Organization): \S/.test(String(one))),
    'creators',
  );
  const references = licenceFaults(faults, root);
  const ids = packageFaults(faults, list(root['packages']).map(record), references);
  relationshipFaults(faults, list(root['relationships']).map(record), ids);
  return faults;
}

const documentKeys = [
  'SPDXID',
  'annotations',
  'comment',
  'creationInfo',
  'dataLicense',
  'documentDescribes',
  'documentNamespace',
  'hasExtractedLicensingInfos',
  'name',
  'packages',
  'relationships',
  'spdxVersion',
];
const packageKeys = [
  'SPDXID',
  'annotations',
  'checksums',
  'copyrightText',
  'description',
  'downloadLocation',
  'externalRefs',
  'filesAnalyzed',
  'licenseConcluded',
  'licenseDeclared',
  'name',
  'primaryPackagePurpose',
  'sourceInfo',
  'supplier',
  'versionInfo',
];
const purposes = ['APPLICATION', 'CONTAINER', 'LIBRARY', 'OPERATING_SYSTEM', 'SOURCE', undefined];
const relationshipTypes = ['DESCRIBES', 'CONTAINS', 'GENERATED_FROM', 'DEPENDS_ON'];

function licenceFaults(faults: string[], root: Readonly<Record<string, unknown>>): Set<string> {
  const references = new Set<string>();
  for (const one of list(root['hasExtractedLicensingInfos']).map(record)) {
    const id = String(one['licenseId']);
    expect(faults, /^LicenseRef-[A-Za-z0-9.-]+$/.test(id) && !references.has(id), `licence reference ${id}`);
    expect(faults, typeof one['extractedText'] === 'string' && one['extractedText'] !== '', `text of ${id}`);
    references.add(id);
  }
  return references;
}

function packageFaults(
  faults: string[],
  packages: readonly Readonly<Record<string, unknown>>[],
  references: Set<string>,
): Set<string> {
  const ids = new Set<string>(['SPDXRef-DOCUMENT']);
  for (const one of packages) {
    const id = String(one['SPDXID']);
    onlyKeys(faults, id, one, packageKeys);
    expect(faults, /^SPDXRef-[A-Za-z0-9.-]+$/.test(id) && !ids.has(id), `package id ${id}`);
    ids.add(id);
    expect(faults, typeof one['name'] === 'string' && one['name'] !== '', `name of ${id}`);
    expect(faults, one['downloadLocation'] === 'NOASSERTION' && one['filesAnalyzed'] === false, `origin of ${id}`);
    expect(
      faults,
      isDeclared(String(one['licenseDeclared']), references),
      `licence of ${id}: ${one['licenseDeclared']}`,
    );
    expect(
      faults,
      /^(NOASSERTION|(Person|Organization): [^()]+( \([^()\s]+@[^()\s]+\))?)$/.test(String(one['supplier'])),
      `supplier of ${id}`,
    );
    for (const remark of list(one['annotations']).map(record)) annotationFaults(faults, id, remark);
    expect(faults, purposes.includes(one['primaryPackagePurpose'] as string | undefined), `purpose of ${id}`);
    for (const reference of list(one['externalRefs']).map(record)) {
      const locator = String(reference['referenceLocator']);
      const pattern = reference['referenceType'] === 'purl' ? /^pkg:[a-z0-9.+-]+\/\S+$/ : /^cpe:2\.3:\S+$/;
      expect(faults, pattern.test(locator), `reference of ${id}: ${locator}`);
    }
  }
  return ids;
}

function annotationFaults(faults: string[], id: string, remark: Readonly<Record<string, unknown>>): void {
  onlyKeys(faults, `annotation of ${id}`, remark, ['annotationDate', 'annotationType', 'annotator', 'comment']);
  const date = String(remark['annotationDate']);
  expect(faults, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date), `annotation date of ${id}`);
  expect(faults, remark['annotationType'] === 'OTHER', `annotation type of ${id}`);
  expect(faults, /^(Tool|Person|Organization): \S/.test(String(remark['annotator'])), `annotator of ${id}`);
  expect(faults, typeof remark['comment'] === 'string' && remark['comment'] !== '', `annotation of ${id}`);
}

/** A licence expression whose references this document explains. */
function isDeclared(text: string, references: Set<string>): boolean {
  if (text === 'NOASSERTION') return true;
  const plain = text.replace(/LicenseRef-[A-Za-z0-9.-]+/g, (reference) =>
    references.has(reference) ? 'MIT' : 'dangling',
  );
  return classifyLicence(plain).kind !== 'words';
}

function relationshipFaults(
  faults: string[],
  relationships: readonly Readonly<Record<string, unknown>>[],
  ids: Set<string>,
): void {
  const seen = new Set<string>();
  for (const one of relationships) {
    const text = `${one['spdxElementId']} ${one['relationshipType']} ${one['relatedSpdxElement']}`;
    expect(faults, !seen.has(text), `twice: ${text}`);
    seen.add(text);
    expect(faults, relationshipTypes.includes(String(one['relationshipType'])), `type of ${text}`);
    expect(
      faults,
      ids.has(String(one['spdxElementId'])) && ids.has(String(one['relatedSpdxElement'])),
      `dangling: ${text}`,
    );
  }
  expect(
    faults,
    [...seen].some((text) => text.startsWith('SPDXRef-DOCUMENT DESCRIBES ')),
    'describes something',
  );
}

function onlyKeys(
  faults: string[],
  what: string,
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): void {
  for (const key of Object.keys(value)) expect(faults, keys.includes(key), `${what} has no ${key}`);
}

function expect(faults: string[], holds: boolean, what: string): void {
  if (!holds) faults.push(what);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
