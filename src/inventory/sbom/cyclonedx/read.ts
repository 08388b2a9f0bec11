import { asList, asMembers, asText, type Members, memberOf, textsOf } from '#foundation/documents/index.ts';
import type { Fact } from '#model/index.ts';
import { type ComponentDraft, SbomCollector } from '../collector.ts';
import type { ComponentKind, SbomComponent, SbomDocument } from '../document.ts';
import { membersIn } from '../members.ts';

/** Components may hold components; real documents go two or three levels deep. */
const MAX_DEPTH = 64;

/** Reads a bill of materials by CycloneDX 1.4 to 1.7, given as the members of its JSON form. */
export function readCycloneDx(root: Members, encoding: 'JSON' | 'XML'): SbomDocument {
  const collector = new SbomCollector();
  const metadata = asMembers(root['metadata']);
  const main = asMembers(metadata?.['component']);
  if (main) {
    collector.describe(componentOf(main, ''));
    addAll(collector, asList(main['components']) ?? [], textOf(main, 'bom-ref'));
  }
  addAll(collector, asList(root['components']) ?? [], '');
  for (const each of membersIn(root['dependencies'])) {
    collector.needs(textOf(each, 'ref') ?? '', textsOf(each['dependsOn'] ?? []));
  }
  sayIncomplete(collector, root, textOf(main, 'bom-ref') ?? '');
  return collector.result({
    format: 'CycloneDX',
    version: asText(root['specVersion']) ?? '',
    encoding,
    id: asText(root['serialNumber']),
    created: asText(metadata?.['timestamp']),
    tools: toolsIn(metadata?.['tools']),
    properties: [...propertiesOf(metadata), ...propertiesOf(root)],
  });
}

function addAll(collector: SbomCollector, list: readonly unknown[], container: string | undefined): void {
  const waiting: { readonly node: unknown; readonly container: string; readonly depth: number }[] = [];
  for (const node of list) waiting.push({ node, container: container ?? '', depth: 1 });
  // An index instead of `shift`, which moves what is left.
  for (let at = 0; at < waiting.length; at++) {
    const { node, container: holder, depth } = waiting[at] ?? { node: undefined, container: '', depth: 0 };
    const component = asMembers(node);
    if (component === undefined) continue;
    const draft = componentOf(component, `#${at}${holder}`);
    collector.add(draft);
    if (holder !== '') collector.contains(holder, draft.ref);
    const inner = asList(component['components']) ?? [];
    if (inner.length > 0 && depth >= MAX_DEPTH) {
      const message = `Components of the SBOM are nested more than ${MAX_DEPTH} levels deep; those further in were left out.`;
      collector.problem('nested-too-deep', message, 'incomplete', draft.name);
    } else for (const one of inner) waiting.push({ node: one, container: draft.ref, depth: depth + 1 });
  }
}

function componentOf(component: Members, fallbackRef: string): ComponentDraft {
  const purl = asText(component['purl']);
  const type = asText(component['type']);
  const cpe = asText(component['cpe']);
  return {
    ref: textOf(component, 'bom-ref') ?? fallbackRef,
    kind: purl === undefined ? (kinds.get(type ?? '') ?? 'package') : 'package',
    type,
    group: asText(component['group']),
    name: asText(component['name']),
    version: asText(component['version']),
    purl,
    cpes: cpe === undefined ? [] : [cpe],
    licences: licencesIn(component['licenses']),
    vendor: asText(memberOf(component['supplier'], 'name')),
    maintainer: asText(component['publisher']) ?? asText(component['author']),
    scope: scopes.get(asText(component['scope']) ?? ''),
    digests: membersIn(component['hashes']).flatMap(digestOf),
    places: membersIn(memberOf(component['evidence'], 'occurrences')).flatMap((one) => asText(one['location']) ?? []),
    properties: propertiesOf(component),
  };
}

/** What is no package unless it has a package URL; every other type is one. */
const kinds = new Map<string, ComponentKind>([
  ['operating-system', 'operating-system'],
  ['file', 'other'],
  ['data', 'other'],
  ['device', 'other'],
  ['machine-learning-model', 'other'],
  ['cryptographic-asset', 'other'],
]);

const scopes = new Map<string, NonNullable<SbomComponent['scope']>>([
  ['required', 'runtime'],
  ['optional', 'optional'],
  ['excluded', 'development'],
]);

function licencesIn(choices: unknown): string[] {
  return membersIn(choices).flatMap((choice) => {
    const text = asText(choice['expression']) ?? textOf(choice['license'], 'id') ?? textOf(choice['license'], 'name');
    return text ?? [];
  });
}

function digestOf(hash: Members): string[] {
  const algorithm = asText(hash['alg']);
  const content = asText(hash['content']);
  return algorithm && content ? [`${algorithm.replace(/^SHA-/, 'sha').toLowerCase()}:${content.toLowerCase()}`] : [];
}

function propertiesOf(owner: Members | undefined): Fact[] {
  return membersIn(owner?.['properties']).flatMap((one) => {
    const name = asText(one['name']);
    return name === undefined ? [] : [[name, asText(one['value']) ?? ''] as const];
  });
}

/** A list of tools until 1.4, an object with components and services since. */
function toolsIn(tools: unknown): string[] {
  const list = Array.isArray(tools)
    ? membersIn(tools)
    : [...membersIn(memberOf(tools, 'components')), ...membersIn(memberOf(tools, 'services'))];
  return list.flatMap((tool) => {
    const name = asText(tool['name']);
    return name === undefined ? [] : [[name, asText(tool['version'])].filter(Boolean).join(' ')];
  });
}

/** What its maker says is missing, is missing. */
function sayIncomplete(collector: SbomCollector, root: Members, subject: string): void {
  const said = membersIn(root['compositions']).filter((one) => {
    const about = [...textsOf(one['assemblies'] ?? []), ...textsOf(one['dependencies'] ?? [])];
    return /^incomplete/.test(asText(one['aggregate']) ?? '') && (about.length === 0 || about.includes(subject));
  });
  if (said.length === 0) return;
  const message = 'The SBOM says of itself that it is not complete; what it leaves out is not known.';
  collector.problem('said-incomplete', message, 'degraded');
}

function textOf(owner: unknown, name: string): string | undefined {
  return asText(memberOf(owner, name)) || undefined;
}
