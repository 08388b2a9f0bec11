import { Rows } from '../json-text.ts';
import { xmlText } from '../xml-text.ts';

type Members = Readonly<Record<string, unknown>>;

/** How the XML form writes what are plain members in the JSON form. */
interface Layout {
  readonly attributes?: readonly string[];
  /** The member that is the element's text. */
  readonly text?: string;
  /** The order of elements, where the members do not stand in it. */
  readonly order?: readonly string[];
}

const layouts = new Map<string, Layout>([
  ['assembly', { attributes: ['ref'] }],
  ['component', { attributes: ['type', 'bom-ref'] }],
  ['dependency', { attributes: ['ref'] }],
  ['expression', { attributes: ['acknowledgement'], text: 'expression' }],
  ['hash', { attributes: ['alg'], text: 'content' }],
  ['license', { attributes: ['acknowledgement'] }],
  ['property', { attributes: ['name'], text: 'value' }],
  ['rating', { order: ['source', 'score', 'severity', 'method', 'vector'] }],
  ['vulnerability', { attributes: ['bom-ref'] }],
]);

/** What the items of a list are called, and the list itself where its name differs too. */
const lists = new Map<string, { readonly item: string; readonly list?: string }>([
  ['advisories', { item: 'advisory' }],
  ['affects', { item: 'target' }],
  ['assemblies', { item: 'assembly' }],
  ['components', { item: 'component' }],
  ['compositions', { item: 'composition' }],
  ['dependencies', { item: 'dependency' }],
  ['hashes', { item: 'hash' }],
  ['licenses', { item: 'license' }],
  ['lifecycles', { item: 'lifecycle' }],
  ['occurrences', { item: 'occurrence' }],
  ['properties', { item: 'property' }],
  ['ratings', { item: 'rating' }],
  ['references', { item: 'reference' }],
  ['response', { item: 'response', list: 'responses' }],
  ['versions', { item: 'version' }],
  ['vulnerabilities', { item: 'vulnerability' }],
]);

/** A member of the JSON form as elements of the XML form, in pieces. Lists without items are left out. */
export function* memberElements(name: string, node: unknown, indent: string): Iterable<string> {
  if (node === undefined) return;
  const items = node instanceof Rows ? node.items : Array.isArray(node) ? node : undefined;
  if (items !== undefined) yield* listElement(name, items, indent);
  else if (isMembers(node)) yield* objectElement(name, node, indent);
  else yield `${indent}<${name}>${xmlText(String(node))}</${name}>\n`;
}

function* listElement(name: string, items: Iterable<unknown>, indent: string): Iterable<string> {
  const { item = name, list = name } = lists.get(name) ?? {};
  let isEmpty = true;
  for (const one of items) {
    if (isEmpty) yield `${indent}<${list}>\n`;
    isEmpty = false;
    yield* itemElement(item, one, `${indent}  `);
  }
  if (!isEmpty) yield `${indent}</${list}>\n`;
}

/** Three lists have another shape: licences without a wrapper, references instead of texts, dependencies in each other. */
function* itemElement(name: string, one: unknown, indent: string): Iterable<string> {
  if (name === 'assembly') yield* memberElements(name, { ref: one }, indent);
  else if (name === 'license' && isMembers(one) && one['license'] !== undefined) {
    yield* memberElements(name, one['license'], indent);
  } else if (name === 'license') yield* memberElements('expression', one, indent);
  else if (name === 'dependency' && isMembers(one)) yield* dependencyElement(one, indent);
  else yield* memberElements(name, one, indent);
}

function* dependencyElement(one: Members, indent: string): Iterable<string> {
  const needed = Array.isArray(one['dependsOn']) ? one['dependsOn'] : [];
  const start = `${indent}<dependency ref="${xmlText(String(one['ref']))}"`;
  if (needed.length === 0) {
    yield `${start}/>\n`;
    return;
  }
  yield `${start}>\n`;
  for (const ref of needed) yield `${indent}  <dependency ref="${xmlText(String(ref))}"/>\n`;
  yield `${indent}</dependency>\n`;
}

function* objectElement(name: string, node: Members, indent: string): Iterable<string> {
  const { attributes = [], text, order } = layouts.get(name) ?? {};
  const start = `${indent}<${name}${attributes.map((attribute) => attributeText(attribute, node[attribute])).join('')}`;
  if (text !== undefined) {
    yield `${start}>${xmlText(String(node[text]))}</${name}>\n`;
    return;
  }
  const members = order ?? Object.keys(node).filter((member) => !attributes.includes(member));
  const inner = members.filter((member) => node[member] !== undefined);
  if (inner.length === 0) {
    yield `${start}/>\n`;
    return;
  }
  yield `${start}>\n`;
  for (const member of inner) yield* memberElements(member, node[member], `${indent}  `);
  yield `${indent}</${name}>\n`;
}

function attributeText(name: string, value: unknown): string {
  return value === undefined ? '' : ` ${name}="${xmlText(String(value))}"`;
}

function isMembers(node: unknown): node is Members {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !(node instanceof Rows);
}
