import { childOf, childrenOf, type Members, textOf, type XmlElement } from '#foundation/documents/index.ts';

/**
 * The members that the JSON form of the same document would have, as far as they are read. The XML form has lists inside elements of
 * their own, and names, references and algorithms as attributes.
 */
export function membersOfBom(bom: XmlElement): Members {
  const metadata = childOf(bom, 'metadata');
  const main = childOf(metadata, 'component');
  return {
    specVersion: versionOf(bom),
    serialNumber: bom.attributes.get('serialNumber'),
    metadata: {
      timestamp: textOf(metadata, 'timestamp'),
      tools: toolsOf(childOf(metadata, 'tools')),
      component: main && membersOfComponent(main),
      properties: propertiesOf(metadata),
    },
    components: listOf(bom, 'components', 'component').map(membersOfComponent),
    dependencies: listOf(bom, 'dependencies', 'dependency').map((one) => ({
      ref: one.attributes.get('ref'),
      dependsOn: childrenOf(one, 'dependency').flatMap((needed) => needed.attributes.get('ref') ?? []),
    })),
    compositions: listOf(bom, 'compositions', 'composition').map((one) => ({
      aggregate: textOf(one, 'aggregate'),
      assemblies: listOf(one, 'assemblies', 'assembly').flatMap(refOf),
      dependencies: listOf(one, 'dependencies', 'dependency').flatMap(refOf),
    })),
    properties: propertiesOf(bom),
  };
}

/** The name space ends with the version: `http://cyclonedx.org/schema/bom/1.6`. */
export function versionOf(bom: XmlElement): string | undefined {
  for (const value of bom.attributes.values()) {
    const version = /^https?:\/\/cyclonedx\.org\/schema\/bom\/(\d+\.\d+)$/.exec(value.slice(0, 100))?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** As deep as the XML reader goes, which is bounded. */
function membersOfComponent(component: XmlElement): Members {
  return {
    type: component.attributes.get('type'),
    'bom-ref': component.attributes.get('bom-ref'),
    group: textOf(component, 'group'),
    name: textOf(component, 'name'),
    version: textOf(component, 'version'),
    purl: textOf(component, 'purl'),
    cpe: textOf(component, 'cpe'),
    publisher: textOf(component, 'publisher'),
    author: textOf(component, 'author'),
    scope: textOf(component, 'scope'),
    supplier: { name: textOf(component, 'supplier', 'name') },
    licenses: childOf(component, 'licenses')?.children.map((choice) =>
      choice.name === 'expression'
        ? { expression: choice.text }
        : { license: { id: textOf(choice, 'id'), name: textOf(choice, 'name') } },
    ),
    hashes: listOf(component, 'hashes', 'hash').map((hash) => ({
      alg: hash.attributes.get('alg'),
      content: hash.text,
    })),
    evidence: {
      occurrences: listOf(childOf(component, 'evidence'), 'occurrences', 'occurrence').map((one) => ({
        location: textOf(one, 'location'),
      })),
    },
    properties: propertiesOf(component),
    components: listOf(component, 'components', 'component').map(membersOfComponent),
  };
}

function toolsOf(tools: XmlElement | undefined): unknown {
  const named = (one: XmlElement) => ({ name: textOf(one, 'name'), version: textOf(one, 'version') });
  const old = childrenOf(tools, 'tool');
  if (old.length > 0) return old.map(named);
  return {
    components: listOf(tools, 'components', 'component').map(named),
    services: listOf(tools, 'services', 'service').map(named),
  };
}

function propertiesOf(owner: XmlElement | undefined): { name: string | undefined; value: string }[] {
  return listOf(owner, 'properties', 'property').map((one) => ({ name: one.attributes.get('name'), value: one.text }));
}

function listOf(owner: XmlElement | undefined, list: string, item: string): readonly XmlElement[] {
  return childrenOf(childOf(owner, list), item);
}

function refOf(one: XmlElement): string[] {
  const ref = one.attributes.get('ref');
  return ref === undefined ? [] : [ref];
}
