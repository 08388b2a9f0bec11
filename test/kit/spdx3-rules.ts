/**
 * Checks an SPDX 3.0.1 document by the rules of the specification's model, as far as our documents go: which members each class has,
 * which of them must be there, which words each may hold, and that references lead somewhere.
 * https://spdx.github.io/spdx-spec/v3.0.1/
 */
export function spdx3Faults(document: unknown): string[] {
  const faults: string[] = [];
  const root = record(document);
  if (root['@context'] !== 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld') faults.push('context');
  const graph = list(root['@graph']).map(record);
  const ids = new Set<string>();
  for (const element of graph) {
    const id = String(element['spdxId'] ?? element['@id']);
    if (ids.has(id)) faults.push(`twice: ${id}`);
    ids.add(id);
  }
  for (const element of graph) faults.push(...elementFaults(element, ids));
  return faults;
}

interface ClassRule {
  readonly needs: readonly string[];
  readonly may?: readonly string[];
  /** Members that hold ids of elements. */
  readonly refers?: readonly string[];
}

const element = ['type', 'spdxId', 'creationInfo'];
const classes = new Map<string, ClassRule>([
  [
    'CreationInfo',
    {
      needs: ['type', '@id', 'created', 'createdBy', 'specVersion'],
      may: ['createdUsing'],
      refers: ['createdBy', 'createdUsing'],
    },
  ],
  ['SoftwareAgent', { needs: [...element, 'name'] }],
  ['Tool', { needs: [...element, 'name'] }],
  ['Organization', { needs: [...element, 'name'], may: ['externalIdentifier'] }],
  ['Person', { needs: [...element, 'name'], may: ['externalIdentifier'] }],
  [
    'SpdxDocument',
    {
      needs: [...element, 'name', 'dataLicense', 'profileConformance', 'rootElement'],
      may: ['comment', 'extension'],
      refers: ['dataLicense', 'rootElement'],
    },
  ],
  [
    'software_Sbom',
    { needs: [...element, 'profileConformance', 'rootElement', 'software_sbomType'], refers: ['rootElement'] },
  ],
  [
    'software_Package',
    {
      needs: [...element, 'name'],
      may: [
        'description',
        'externalIdentifier',
        'extension',
        'software_packageUrl',
        'software_packageVersion',
        'software_primaryPurpose',
        'software_sourceInfo',
        'suppliedBy',
        'verifiedUsing',
      ],
      refers: ['suppliedBy'],
    },
  ],
  [
    'simplelicensing_LicenseExpression',
    {
      needs: [...element, 'simplelicensing_licenseExpression'],
      may: ['simplelicensing_licenseListVersion', 'simplelicensing_customIdToUri'],
    },
  ],
  ['simplelicensing_SimpleLicensingText', { needs: [...element, 'simplelicensing_licenseText'], may: ['name'] }],
  ['Relationship', { needs: [...element, 'from', 'to', 'relationshipType'], refers: ['from', 'to'] }],
]);

const words: Readonly<Record<string, readonly string[]>> = {
  relationshipType: ['contains', 'dependsOn', 'generates', 'hasDeclaredLicense'],
  software_primaryPurpose: ['container', 'operatingSystem', 'application', 'source'],
  software_sbomType: ['analyzed', 'deployed', 'source'],
  profileConformance: ['core', 'software', 'simpleLicensing', 'extension'],
};

const inner: Readonly<Record<string, ClassRule>> = {
  externalIdentifier: { needs: ['type', 'externalIdentifierType', 'identifier'] },
  verifiedUsing: { needs: ['type', 'algorithm', 'hashValue'] },
  extension: { needs: ['type', 'extension_cdxProperty'] },
  simplelicensing_customIdToUri: { needs: ['type', 'key', 'value'], refers: ['value'] },
};

function elementFaults(one: Readonly<Record<string, unknown>>, ids: ReadonlySet<string>): string[] {
  const name = String(one['type']);
  const rule = classes.get(name);
  if (rule === undefined) return [`class ${name}`];
  const faults = ruleFaults(name, one, rule, ids);
  if ('creationInfo' in one && !ids.has(String(one['creationInfo']))) faults.push(`${name}: creationInfo`);
  for (const [member, allowed] of Object.entries(words)) {
    const values = member in one ? [one[member]].flat() : [];
    for (const value of values) if (!allowed.includes(String(value))) faults.push(`${name}.${member}: ${value}`);
  }
  for (const [member, within] of Object.entries(inner)) {
    for (const each of list(one[member]).map(record))
      faults.push(...ruleFaults(`${name}.${member}`, each, within, ids));
  }
  return faults;
}

function ruleFaults(
  name: string,
  one: Readonly<Record<string, unknown>>,
  { needs, may = [], refers = [] }: ClassRule,
  ids: ReadonlySet<string>,
): string[] {
  const known = [...needs, ...may];
  return [
    ...needs
      .filter((member) => one[member] === undefined || one[member] === '')
      .map((member) => `${name} lacks ${member}`),
    ...Object.keys(one).flatMap((member) => (known.includes(member) ? [] : [`${name} has no ${member}`])),
    ...refers
      .flatMap((member) => [one[member] ?? []].flat())
      .flatMap((id) => (ids.has(String(id)) ? [] : [`${name}: ${id} leads nowhere`])),
  ];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
