import { asList, asMembers, asText, type Members, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';
import { ownFacts } from '../annotation.ts';
import { type ComponentDraft, SbomCollector } from '../collector.ts';
import type { ComponentKind, SbomDocument } from '../document.ts';
import { membersIn } from '../members.ts';

/**
 * Reads a document by SPDX 3.0: a graph of elements that refer to each other by their ids.
 * https://spdx.github.io/spdx-spec/v3.0.1/serializations/
 */
export function readSpdx3(root: Members): SbomDocument {
  const graph = new Spdx3Graph(asList(root['@graph']) ?? [root]);
  const collector = new SbomCollector();
  const licences = relate(collector, graph);
  for (const element of graph.ofType('software_Package')) collector.add(componentOf(element, graph, licences));
  const [document] = graph.ofType('SpdxDocument');
  const [creation] = graph.ofType('CreationInfo');
  const info = asMembers(document?.['creationInfo']) ?? creation;
  const roots = graph.roots();
  return collector.result(
    {
      format: 'SPDX',
      version: asText(info?.['specVersion']) ?? '3.0',
      encoding: 'JSON-LD',
      id: idOf(document),
      created: asText(info?.['created']),
      tools: [...textsOf(info?.['createdUsing'] ?? []), ...textsOf(info?.['createdBy'] ?? [])].flatMap((id) =>
        isTool(graph.get(id)) ? (asText(graph.get(id)?.['name']) ?? []) : [],
      ),
      properties:
        document === undefined ? [] : [...extensionOf(document), ...graph.annotationsOf(idOf(document) ?? '')],
    },
    (ref) => roots.has(ref),
  );
}

class Spdx3Graph {
  readonly #elements: readonly Members[];
  readonly #byId = new Map<string, Members>();
  readonly #annotations: ReadonlyMap<string, Members[]>;

  constructor(nodes: readonly unknown[]) {
    this.#elements = membersIn(nodes);
    for (const element of this.#elements) {
      const id = idOf(element);
      if (id !== undefined) this.#byId.set(id, element);
    }
    this.#annotations = Map.groupBy(this.ofType('Annotation'), (one) => asText(one['subject']) ?? '');
  }

  get(id: string): Members | undefined {
    return this.#byId.get(id);
  }

  ofType(...types: readonly string[]): Members[] {
    return this.#elements.filter((element) => types.includes(typeOf(element)));
  }

  annotationsOf(id: string): Fact[] {
    return (this.#annotations.get(id) ?? []).flatMap((one) => ownFacts(asText(one['statement']) ?? '') ?? []);
  }

  /** What the document and the bills in it are about. */
  roots(): ReadonlySet<string> {
    const roots = this.ofType('SpdxDocument', 'software_Sbom', 'Bom').flatMap((one) =>
      textsOf(one['rootElement'] ?? []),
    );
    return new Set(roots);
  }
}

/** Hands relations to the collector; answers the licences of each element, what is declared before what was concluded. */
function relate(collector: SbomCollector, graph: Spdx3Graph): ReadonlyMap<string, readonly string[]> {
  const declared = new Map<string, string[]>();
  const concluded = new Map<string, string[]>();
  for (const each of graph.ofType('Relationship', 'LifecycleScopedRelationship')) {
    const from = asText(each['from']) ?? '';
    const to = textsOf(each['to'] ?? []);
    const type = asText(each['relationshipType']);
    if (type === 'contains') for (const one of to) collector.contains(from, one);
    else if (type === 'dependsOn')
      collector.needs(
        from,
        to.filter((id) => graph.get(id) !== undefined),
      );
    else if (type === 'hasDeclaredLicense') addLicences(declared, from, to, graph);
    else if (type === 'hasConcludedLicense') addLicences(concluded, from, to, graph);
  }
  return new Map([...concluded, ...declared]);
}

function addLicences(known: Map<string, string[]>, ref: string, ids: readonly string[], graph: Spdx3Graph): void {
  const texts = ids.flatMap((id) => licenceOf(graph.get(id), graph) ?? []);
  if (texts.length > 0) known.set(ref, [...(known.get(ref) ?? []), ...texts]);
}

function licenceOf(element: Members | undefined, graph: Spdx3Graph): string | undefined {
  const expression = asText(element?.['simplelicensing_licenseExpression']);
  if (expression === undefined) return asText(element?.['simplelicensing_licenseText']) ?? asText(element?.['name']);
  // A reference alone stands for the words that it leads to.
  for (const entry of membersIn(element?.['simplelicensing_customIdToUri'])) {
    if (asText(entry['key']) !== expression) continue;
    const words = asText(graph.get(asText(entry['value']) ?? '')?.['simplelicensing_licenseText']);
    if (words !== undefined) return words;
  }
  return expression;
}

function componentOf(
  element: Members,
  graph: Spdx3Graph,
  licences: ReadonlyMap<string, readonly string[]>,
): ComponentDraft {
  const ref = idOf(element) ?? '';
  const identifiers = membersIn(element['externalIdentifier']);
  const identified = (type: RegExp): string[] =>
    identifiers.flatMap((one) =>
      type.test(asText(one['externalIdentifierType']) ?? '') ? (asText(one['identifier']) ?? []) : [],
    );
  const purpose = asText(element['software_primaryPurpose']);
  const sourceInfo = asText(element['software_sourceInfo']);
  return {
    ref,
    kind: kinds.get(purpose ?? '') ?? 'package',
    type: purpose,
    name: asText(element['name']),
    version: asText(element['software_packageVersion']),
    purl: asText(element['software_packageUrl']) ?? identified(/^packageUrl$/)[0],
    cpes: identified(/^cpe2[23]$/),
    licences: licences.get(ref) ?? [],
    ...makerOf(element, graph),
    digests: membersIn(element['verifiedUsing']).flatMap((hash) => {
      const value = asText(hash['hashValue']);
      return value === undefined ? [] : [`${asText(hash['algorithm']) ?? ''}:${value}`];
    }),
    properties: [
      ...extensionOf(element),
      ...graph.annotationsOf(ref),
      ...(sourceInfo === undefined ? [] : [['sourceInfo', sourceInfo] as const]),
    ],
  };
}

const kinds = new Map<string, ComponentKind>([
  ['operatingSystem', 'operating-system'],
  ['source', 'source'],
  ['file', 'other'],
  ['data', 'other'],
  ['device', 'other'],
  ['model', 'other'],
]);

function makerOf(element: Members, graph: Spdx3Graph): Pick<ComponentDraft, 'vendor' | 'maintainer'> {
  const agent = graph.get(asText(element['suppliedBy']) ?? textsOf(element['originatedBy'] ?? [])[0] ?? '');
  const name = asText(agent?.['name']);
  return typeOf(agent ?? {}) === 'Person' ? { maintainer: name } : { vendor: name };
}

/** The extension that carries the properties of CycloneDX. */
function extensionOf(element: Members): Fact[] {
  return membersIn(element['extension'])
    .flatMap((one) => membersIn(one['extension_cdxProperty']))
    .flatMap((one) => {
      const name = asText(one['extension_cdxPropName']);
      return name === undefined ? [] : [[name, asText(one['extension_cdxPropValue']) ?? ''] as const];
    });
}

function isTool(element: Members | undefined): boolean {
  return ['Tool', 'SoftwareAgent'].includes(typeOf(element ?? {}));
}

function typeOf(element: Members): string {
  return asText(element['type']) ?? asText(element['@type']) ?? '';
}

function idOf(element: Members | undefined): string | undefined {
  return asText(element?.['spdxId']) ?? asText(element?.['@id']);
}
