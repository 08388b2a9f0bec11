import { asMembers, asText, entriesOf, type Members, memberOf, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';
import { type ComponentDraft, SbomCollector } from '../collector.ts';
import type { SbomDocument } from '../document.ts';
import { membersIn } from '../members.ts';

/** Reads the packages of our own JSON report. They get the properties that they have in our documents of other formats. */
export function readReport(root: Members): SbomDocument {
  const collector = new SbomCollector();
  const artifact = asMembers(root['artifact']) ?? {};
  collector.describe(subjectOf(artifact));
  const distribution = asMembers(root['distribution']);
  if (distribution) collector.add(distributionOf(distribution));
  for (const [index, one] of membersIn(root['packages']).entries()) addPackage(collector, one, String(index));
  return collector.result({
    format: 'Plimsoll report',
    version: (asText(root['schema']) ?? '').replace(/^plimsoll\.scan\.v/, ''),
    encoding: 'JSON',
    created: asText(root['createdAt']),
    tools: [['plimsoll', asText(memberOf(root['tool'], 'version'))].filter(Boolean).join(' ')],
    properties: membersIn(root['problems']).map((problem): Fact => ['plimsoll:problem', JSON.stringify(problem)]),
  });
}

function subjectOf(artifact: Members): ComponentDraft {
  const platform = asMembers(artifact['platform']);
  return {
    ref: 'artifact',
    kind: 'package',
    type: asText(artifact['kind']) === 'image' ? 'container' : 'platform',
    name: asText(artifact['name']),
    properties: [
      ...factsFrom(artifact, ['kind', 'scheme', 'manifestDigest', 'indexDigest', 'configDigest']),
      ...(platform ? [fact('platform', JSON.stringify(platform))] : []),
      ...textsOf(artifact['tags'] ?? []).map((tag) => fact('tag', tag)),
      ...membersIn(artifact['layers']).map((layer) => fact('layer', JSON.stringify(layer))),
    ],
  };
}

function distributionOf(distribution: Members): ComponentDraft {
  const named = [
    ['distribution', 'id'],
    ['title', 'name'],
    ['release', 'version'],
    ['codename', 'codename'],
    ['pointRelease', 'pointRelease'],
    ['foundIn', 'evidence'],
  ] as const;
  return {
    ref: 'distribution',
    kind: 'operating-system',
    name: asText(distribution['id']),
    version: asText(distribution['version']),
    properties: [
      ...named.flatMap(([name, member]) => factFrom(name, distribution[member])),
      ...factsOfEach('idLike', distribution['idLike']),
      ...factsOfEach('extendedSupport', distribution['extendedSupport']),
      ...factsOfEach('contentSet', distribution['contentSets']),
      ...factsOfEach('imageBuild', distribution['imageBuilds']),
      ...(distribution['distroless'] === true ? [fact('distroless', 'true')] : []),
    ],
  };
}

function addPackage(collector: SbomCollector, one: Members, ref: string): void {
  const origin = asMembers(one['origin']);
  const layer = asMembers(origin?.['layer']);
  const symbols = asMembers(one['symbols']);
  collector.add({
    ref,
    kind: 'package',
    name: asText(one['name']),
    version: asText(one['version']),
    purl: asText(one['purl']),
    licences: textsOf(one['licences'] ?? []),
    properties: [
      ...factsFrom(one, FACTS),
      ...factFrom('sourceName', memberOf(one['source'], 'name')),
      ...factFrom('sourceVersion', memberOf(one['source'], 'version')),
      ...factsOfEach('licence', one['licences']),
      ...factsOfEach('cpe', one['cpes']),
      ...membersIn(one['advisoryNames']).map((name) =>
        fact('advisoryName', JSON.stringify([name['ecosystem'], name['name']])),
      ),
      ...(one['qualifiers'] === undefined ? [] : [fact('qualifiers', JSON.stringify(one['qualifiers']))]),
      ...factFrom('linkedPackages', symbols?.['packages']),
      ...factFrom('linkedFunctions', symbols?.['functions']),
      ...(Array.isArray(one['files']) ? [fact('files', textsOf(one['files']).join('\n'))] : []),
      ...factFrom('path', origin?.['path']),
      ...(typeof layer?.['index'] === 'number' ? [fact('layerIndex', String(layer['index']))] : []),
      ...factFrom('layerDiffId', layer?.['diffId']),
      ...dependencyFacts(one['dependencies']),
    ],
  });
}

/** Members of a package that are facts of the same name. */
const FACTS = [
  'type',
  'architecture',
  'vendor',
  'maintainer',
  'modularity',
  'scope',
  'relation',
  'cataloger',
  'evidence',
  'ownedBy',
];

/** By name, not as a graph: the report names what a package needs within its record. */
function dependencyFacts(dependencies: unknown): Fact[] {
  if (!Array.isArray(dependencies)) return [];
  return dependencies.length === 0 ? [fact('dependencies', 'none')] : factsOfEach('needs', dependencies);
}

function factsFrom(owner: Members, names: readonly string[]): Fact[] {
  return entriesOf(owner).flatMap(([name, value]) => (names.includes(name) ? factFrom(name, value) : []));
}

function factFrom(name: string, value: unknown): Fact[] {
  const text = asText(value);
  return text === undefined ? [] : [fact(name, text)];
}

function factsOfEach(name: string, list: unknown): Fact[] {
  return textsOf(list ?? []).map((text) => fact(name, text));
}

function fact(name: string, value: string): Fact {
  return [`plimsoll:${name}`, value];
}
