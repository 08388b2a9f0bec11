import { asList, asMembers, asText, entriesOf, type Members, memberOf, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';
import { type ComponentDraft, SbomCollector } from '../collector.ts';
import type { SbomDocument } from '../document.ts';
import { membersIn } from '../members.ts';

/** Reads Syft's own JSON. What it tells of a package gets the names that Syft gives the same thing in CycloneDX. */
export function readSyft(root: Members): SbomDocument {
  const collector = new SbomCollector();
  const source = asMembers(root['source']);
  if (source) collector.describe(subjectOf(source));
  const distribution = asMembers(root['distro']);
  if (asText(distribution?.['id'])) collector.add(distributionOf(distribution ?? {}));
  for (const each of membersIn(root['artifacts'])) collector.add(componentOf(each));
  for (const each of membersIn(root['artifactRelationships'])) {
    const parent = asText(each['parent']) ?? '';
    const child = asText(each['child']) ?? '';
    // `parent` is a dependency of `child`.
    if (asText(each['type']) === 'dependency-of') collector.needs(child, [parent]);
    else if (asText(each['type']) === 'ownership-by-file-overlap') collector.owns(parent, child);
  }
  const tool = asMembers(root['descriptor']);
  return collector.result({
    format: 'Syft',
    version: asText(memberOf(root['schema'], 'version')) ?? '',
    encoding: 'JSON',
    created: asText(tool?.['timestamp']),
    tools: [[asText(tool?.['name']) ?? 'syft', asText(tool?.['version'])].filter(Boolean).join(' ')],
  });
}

function subjectOf(source: Members): ComponentDraft {
  const metadata = asMembers(source['metadata']) ?? asMembers(source['target']);
  const isImage = asText(source['type']) === 'image';
  const layers = membersIn(metadata?.['layers']).flatMap((layer) => asText(layer['digest']) ?? []);
  const named = (name: string, value: unknown): Fact[] => textsOf(value ?? []).map((text) => [name, text]);
  return {
    ref: asText(source['id']) ?? 'source',
    kind: 'package',
    type: isImage ? 'container' : 'file',
    name: asText(source['name']) || asText(metadata?.['userInput']) || asText(metadata?.['path']) || 'unknown',
    version: asText(metadata?.['manifestDigest']) || asText(source['version']),
    properties: [
      ...layers.map((digest): Fact => ['aquasecurity:trivy:DiffID', digest]),
      ...named('aquasecurity:trivy:ImageID', metadata?.['imageID']),
      ...named('aquasecurity:trivy:RepoTag', metadata?.['tags']),
    ],
  };
}

function distributionOf(distribution: Members): ComponentDraft {
  const facts = ['id', 'versionID', 'prettyName', 'versionCodename'].flatMap((name): Fact[] => {
    const value = asText(distribution[name]);
    return value === undefined ? [] : [[`syft:distro:${name}`, value]];
  });
  const like = textsOf(distribution['idLike'] ?? []).map((id, index): Fact => [`syft:distro:idLike:${index}`, id]);
  return {
    ref: 'distro',
    kind: 'operating-system',
    name: asText(distribution['id']),
    version: asText(distribution['versionID']),
    properties: [...facts, ...like],
  };
}

function componentOf(artifact: Members): ComponentDraft {
  const locations = membersIn(artifact['locations']);
  const [first] = locations;
  const layer = asText(first?.['layerID']);
  return {
    ref: asText(artifact['id']) ?? '',
    kind: 'package',
    type: asText(artifact['type']),
    name: asText(artifact['name']),
    version: asText(artifact['version']),
    purl: asText(artifact['purl']),
    cpes: (asList(artifact['cpes']) ?? []).flatMap((one) => asText(one) ?? asText(memberOf(one, 'cpe')) ?? []),
    licences: (asList(artifact['licenses']) ?? []).flatMap(licenceOf),
    maintainer: asText(memberOf(artifact['metadata'], 'maintainer')),
    vendor: asText(memberOf(artifact['metadata'], 'vendor')),
    places: locations.flatMap((one) => asText(one['path']) ?? []),
    properties: [
      ...(layer === undefined ? [] : [['syft:location:0:layerID', layer] as const]),
      ...entriesOf(artifact['metadata']).flatMap(([name, value]): Fact[] => {
        const text = typeof value === 'number' ? String(value) : asText(value);
        return text === undefined || text === '' ? [] : [[`syft:metadata:${name}`, text]];
      }),
    ],
  };
}

function licenceOf(licence: unknown): string[] {
  const text = asText(licence) ?? (asText(memberOf(licence, 'spdxExpression')) || asText(memberOf(licence, 'value')));
  return text === undefined ? [] : [text];
}
