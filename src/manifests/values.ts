import { type Dialect, keyOfPlain, resolvePlain, resolveTagged } from './scalars.ts';
import { YamlFault } from './yaml/fault.ts';
import { scalarText } from './yaml/scalar-text.ts';
import { ALIAS, MAPPING, type NodeTree, PLAIN, SCALAR } from './yaml/tree.ts';

/** Nine lines of aliases to lists of aliases are a thousand million values for whoever walks over them. */
const MAX_ALIASED = 20_000;

export const COMPLEX_KEY = 'a key that is itself a list or a mapping';

interface Anchored {
  value?: unknown;
  /** Values in it, aliases written out; 0 while it is being read. */
  size: number;
}

/** Turns the nodes of a document into plain values. */
export class ValueReader {
  readonly #text: string;
  readonly #tree: NodeTree;
  readonly #dialect: Dialect;
  readonly #anchored = new Map<number, Anchored>();
  /** Values so far, aliases written out. */
  #size = 0;
  #aliased = 0;

  constructor(text: string, tree: NodeTree, dialect: Dialect) {
    this.#text = text;
    this.#tree = tree;
    this.#dialect = dialect;
  }

  /** Throws a `YamlFault` where there is no such value. */
  read(node: number): unknown {
    const tree = this.#tree;
    if (tree.kind(node) === ALIAS) return this.#alias(node);
    this.#size++;
    if (!tree.isAnchored(node)) return this.#own(node);
    const anchored: Anchored = { size: 0 };
    this.#anchored.set(node, anchored);
    const before = this.#size - 1;
    anchored.value = this.#own(node);
    anchored.size = this.#size - before;
    return anchored.value;
  }

  #own(node: number): unknown {
    const kind = this.#tree.kind(node);
    if (kind === SCALAR) return this.#scalar(node);
    return kind === MAPPING ? this.#mapping(node) : this.#sequence(node);
  }

  #scalar(node: number): unknown {
    const tree = this.#tree;
    const text = scalarText(this.#text, tree, node);
    const tag = tree.tags.size === 0 ? undefined : tree.tags.get(node);
    if (tag === undefined) return tree.style(node) === PLAIN ? resolvePlain(text, this.#dialect) : text;
    const value = resolveTagged(text, tag, this.#dialect);
    if (value === undefined)
      throw new YamlFault(`the value is not what its tag ${tag.slice(0, 60)} says`, tree.start(node));
    return value;
  }

  #sequence(node: number): unknown[] {
    const items: unknown[] = [];
    for (let item = this.#tree.first(node); item !== 0; item = this.#tree.next(item)) items.push(this.read(item));
    return items;
  }

  #mapping(node: number): Record<string, unknown> {
    const tree = this.#tree;
    const members: Record<string, unknown> = {};
    const merged: unknown[] = [];
    for (let key = tree.first(node); key !== 0; ) {
      const value = tree.next(key);
      if (isMergeKey(this.#text, tree, key)) merged.push(this.read(value));
      else define(members, this.#name(key), this.read(value));
      key = tree.next(value);
    }
    for (const source of merged.flat()) addMissing(members, source);
    return members;
  }

  #name(key: number): string {
    const name = keyName(this.#text, this.#tree, key, this.#dialect);
    if (name !== undefined) return name;
    throw new YamlFault(COMPLEX_KEY, this.#tree.start(key));
  }

  #alias(node: number): unknown {
    const tree = this.#tree;
    const target = tree.target(node);
    const anchored = this.#anchored.get(target);
    if (anchored === undefined && tree.kind(target) === SCALAR) return this.read(target); // The name of a member.
    const name = () => this.#text.slice(tree.start(node), Math.min(tree.end(node), tree.start(node) + 40));
    if (anchored === undefined || anchored.size === 0)
      throw new YamlFault(`the alias ${name()} is inside its own anchor`, tree.start(node));
    this.#size += anchored.size;
    this.#aliased += anchored.size;
    if (this.#aliased > MAX_ALIASED)
      throw new YamlFault(`more than ${MAX_ALIASED} values when its aliases are written out`, tree.start(node));
    return anchored.value;
  }
}

/** What the key of a member is called in JSON; undefined where it is no scalar. */
export function keyName(text: string, tree: NodeTree, key: number, dialect: Dialect): string | undefined {
  const own = tree.kind(key) === ALIAS ? tree.target(key) : key;
  if (tree.kind(own) !== SCALAR) return undefined;
  const name = scalarText(text, tree, own);
  return tree.style(own) === PLAIN ? keyOfPlain(name, dialect) : name;
}

/** `<<`, of which every tool of the field takes the members over (https://yaml.org/type/merge.html). */
export function isMergeKey(text: string, tree: NodeTree, key: number): boolean {
  const start = tree.start(key);
  return text.charCodeAt(start) === LESS && tree.end(key) === start + 2 && text.charCodeAt(start + 1) === LESS;
}

const LESS = 60;

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
