import { type Alias, isAlias, isMap, isScalar, type Node, type Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

/** A document that is not read any further; the offset says where in the text. */
export class Refused extends Error {
  readonly offset: number;

  constructor(message: string, node: Node) {
    super(message);
    this.name = 'Refused';
    this.offset = node.range?.[0] ?? 0;
  }
}

const MAX_DEPTH = 200;
/** Nine lines of aliases to lists of aliases are a thousand million values for whoever walks over them. */
const MAX_ALIASED = 20_000;

interface Anchored {
  readonly node: Node;
  value?: unknown;
  /** Values in it, aliases written out; 0 while it is being read. */
  size: number;
}

/** Turns the nodes of a document into plain values, and remembers what each alias stands for. */
export class Resolution {
  readonly targets = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Anchored>();
  /** Values so far, aliases written out. */
  #size = 0;
  #aliased = 0;
  #depth = 0;

  valueOf(node: unknown): unknown {
    if (isScalar(node)) return this.#anchored(node, () => node.value);
    if (isAlias(node)) return this.#alias(node);
    if (!isCollection(node)) return null;
    if (++this.#depth > MAX_DEPTH) throw new Refused(`nested more than ${MAX_DEPTH} deep`, node);
    const value = this.#anchored(node, () =>
      isMap(node) ? this.#map(node) : node.items.map((item) => this.valueOf(item)),
    );
    this.#depth--;
    return value;
  }

  #anchored(node: Node, read: () => unknown): unknown {
    this.#size++;
    const anchor = isAlias(node) ? undefined : (node as Scalar | YAMLMap).anchor;
    if (anchor === undefined) return read();
    const anchored: Anchored = { node, size: 0 };
    this.#anchors.set(anchor, anchored);
    const before = this.#size - 1;
    anchored.value = read();
    anchored.size = this.#size - before;
    return anchored.value;
  }

  #alias(alias: Alias): unknown {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined)
      throw new Refused(`the alias *${alias.source.slice(0, 40)} has no anchor before it`, alias);
    if (anchored.size === 0)
      throw new Refused(`the alias *${alias.source.slice(0, 40)} is inside its own anchor`, alias);
    this.#size += anchored.size;
    this.#aliased += anchored.size;
    if (this.#aliased > MAX_ALIASED)
      throw new Refused(`more than ${MAX_ALIASED} values when its aliases are written out`, alias);
    this.targets.set(alias, anchored.node);
    return anchored.value;
  }

  #map(map: YAMLMap): Record<string, unknown> {
    const members: Record<string, unknown> = {};
    const merged: unknown[] = [];
    for (const { key, value } of map.items) {
      const name = keyName(key);
      if (name === undefined) throw new Refused('a key that is itself a list or a mapping', isNode(key) ? key : map);
      if (isMergeKey(key)) merged.push(this.valueOf(value));
      else define(members, name, this.valueOf(value));
    }
    for (const source of merged.flat()) addMissing(members, source);
    return members;
  }
}

/** What the key of a member is called in JSON. */
export function keyName(key: unknown): string | undefined {
  if (!isScalar(key)) return key === null ? 'null' : undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** `<<`, of which every tool of the field takes the members over (https://yaml.org/type/merge.html). */
export function isMergeKey(key: Pair['key']): boolean {
  return isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN;
}

function addMissing(members: Record<string, unknown>, source: unknown): void {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return;
  for (const [name, value] of Object.entries(source)) if (!Object.hasOwn(members, name)) define(members, name, value);
}

/** `__proto__` is a member like any other. */
function define(members: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
  else members[name] = value;
}

function isCollection(node: unknown): node is YAMLMap | YAMLSeq {
  return typeof node === 'object' && node !== null && 'items' in node && Array.isArray(node.items);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isCollection(value);
}
