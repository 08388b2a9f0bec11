import { type Dialect, mayBeNoText } from './scalars.ts';
import type { SourceText } from './source-text.ts';
import { isMergeKey, keyName } from './values.ts';
import { ALIAS, DOUBLE_QUOTED, FOLDED, LITERAL, MAPPING, type NodeTree, PLAIN, SCALAR, SEQUENCE } from './yaml/tree.ts';

export type YamlPath = readonly (string | number)[];

/** Offsets in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** From 1, as editors count; columns in UTF-16 code units. */
export interface TextSpan {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where something stands, and how it is written. */
export interface Place extends TextRange {
  /** Of the member's name; absent in a list and at the root. */
  readonly key?: TextRange;
  readonly kind: 'scalar' | 'mapping' | 'sequence';
  readonly style: 'plain' | 'quoted' | 'double-quoted' | 'lines' | 'flow' | 'block';
  /** Written behind an anchor that others use as well: what is changed there changes elsewhere. */
  readonly shared: boolean;
  /** Of a collection: where its first child is, and the value of its first member. */
  readonly first?: TextRange;
  readonly firstValue?: Place;
}

/** A node on the way along a path. */
interface Step {
  readonly key: number;
  readonly node: number;
  readonly shared: boolean;
}

interface DocumentSource {
  readonly source: SourceText;
  /** As it was parsed: as long as the source. */
  readonly parsed: string;
  readonly tree: NodeTree;
  readonly root: number;
  readonly dialect: Dialect;
  readonly value: unknown;
}

/** One document of a file: its value and the places of all that is in it. */
export class YamlDocument {
  /** Plain objects, lists and scalars. Values that an alias repeats are the same object: never change them. */
  readonly value: unknown;
  readonly #source: SourceText;
  readonly #parsed: string;
  readonly #tree: NodeTree;
  readonly #root: number;
  readonly #dialect: Dialect;
  /** By the node that they begin with: dozens of findings are about the same place. */
  readonly #spans = new Map<number, TextSpan>();

  constructor({ source, parsed, tree, root, dialect, value }: DocumentSource) {
    this.value = value;
    this.#source = source;
    this.#parsed = parsed;
    this.#tree = tree;
    this.#root = root;
    this.#dialect = dialect;
  }

  /** The whole file's. */
  get text(): string {
    return this.#source.text;
  }

  /** From the member's name to the end of its value; of the nearest thing around it where there is nothing at the path. */
  positionOf(path: YamlPath): TextSpan {
    const { key, node } = this.#nearest(path);
    const first = key === 0 ? node : key;
    const known = this.#spans.get(first);
    if (known !== undefined) return known;
    const start = this.#tree.start(first);
    const from = this.#source.placeOf(start);
    // What an alias stands for ends above the member.
    const end = this.#source.placeOf(Math.max(start, this.#tree.end(node)));
    const span = { line: from.line, column: from.column, endLine: end.line, endColumn: end.column };
    this.#spans.set(first, span);
    return span;
  }

  /** Where the value at the path begins, or what is nearest around it. */
  startOf(path: YamlPath): { readonly line: number; readonly column: number } {
    return this.#source.placeOf(this.#tree.start(this.#nearest(path).node));
  }

  /** Of the value at the path. */
  rangeOf(path: YamlPath): TextRange | undefined {
    const place = this.placeOf(path);
    return place && { start: place.start, end: place.end };
  }

  placeOf(path: YamlPath): Place | undefined {
    let at: Step | undefined = this.#resolved({ key: 0, node: this.#root, shared: false });
    for (const step of path) {
      at = this.#step(at, step);
      if (at === undefined) return undefined;
    }
    return this.#place(at);
  }

  #place({ key, node, shared }: Step): Place {
    const tree = this.#tree;
    const first = tree.kind(node) === SCALAR ? 0 : tree.first(node);
    const value = tree.kind(node) === MAPPING && first !== 0 ? tree.next(first) : 0;
    return {
      ...rangeOf(tree, node),
      kind: KINDS[tree.kind(node)] ?? 'scalar',
      style: styleOf(tree, node),
      shared,
      ...(key !== 0 && { key: rangeOf(tree, key) }),
      ...(first !== 0 && { first: rangeOf(tree, first) }),
      ...(value !== 0 && tree.kind(value) === SCALAR && { firstValue: this.#place({ key: 0, node: value, shared }) }),
    };
  }

  #nearest(path: YamlPath): Step {
    let at = this.#resolved({ key: 0, node: this.#root, shared: false });
    for (const step of path) {
      const next = this.#step(at, step);
      if (next === undefined) break;
      at = next;
    }
    return at;
  }

  #step({ node, shared }: Step, step: string | number): Step | undefined {
    const kind = this.#tree.kind(node);
    if (kind === SEQUENCE) {
      const item = this.#item(node, step);
      return item === 0 ? undefined : this.#resolved({ key: 0, node: item, shared });
    }
    if (kind !== MAPPING) return undefined;
    const name = String(step);
    const key = this.#lastKey(node, name);
    if (key === 0) return this.#merged(node, name);
    return this.#resolved({ key, node: this.#tree.next(key), shared });
  }

  #item(list: number, index: string | number): number {
    let item = typeof index === 'number' ? this.#tree.first(list) : 0;
    for (let at = 0; item !== 0 && at !== index; at++) item = this.#tree.next(item);
    return item;
  }

  /** Of several of the same name the last one holds. */
  #lastKey(map: number, name: string): number {
    const tree = this.#tree;
    let found = 0;
    for (let key = tree.first(map); key !== 0; key = tree.next(tree.next(key)))
      if (this.#isNamed(key, name) && !isMergeKey(this.#parsed, tree, key)) found = key;
    return found;
  }

  /** Most keys are what stands in the text and are compared there. */
  #isNamed(key: number, name: string): boolean {
    const tree = this.#tree;
    const text = this.#parsed;
    const isPlain = tree.style(key) === PLAIN;
    const start = tree.start(key) + (isPlain ? 0 : 1);
    const end = tree.end(key) - (isPlain ? 0 : 1);
    const isCoded = tree.kind(key) !== SCALAR || tree.isCoded(key);
    if (isCoded || (isPlain && mayBeNoText(text.charCodeAt(start), end - start)))
      return keyName(text, tree, key, this.#dialect) === name;
    return end - start === name.length && text.startsWith(name, start);
  }

  *#keys(map: number): Iterable<number> {
    const tree = this.#tree;
    for (let key = tree.first(map); key !== 0; key = tree.next(tree.next(key))) yield key;
  }

  #merged(map: number, name: string): Step | undefined {
    const tree = this.#tree;
    for (const key of this.#keys(map)) {
      if (!isMergeKey(this.#parsed, tree, key)) continue;
      const { node } = this.#resolved({ key: 0, node: tree.next(key), shared: true });
      const sources = tree.kind(node) === SEQUENCE ? [...this.#items(node)] : [node];
      for (const source of sources) {
        const found = this.#step(this.#resolved({ key: 0, node: source, shared: true }), name);
        if (found !== undefined) return { ...found, shared: true };
      }
    }
    return undefined;
  }

  *#items(list: number): Iterable<number> {
    for (let item = this.#tree.first(list); item !== 0; item = this.#tree.next(item)) yield item;
  }

  #resolved(step: Step): Step {
    const tree = this.#tree;
    if (tree.kind(step.node) === ALIAS) return { ...step, node: tree.target(step.node), shared: true };
    return tree.isAnchored(step.node) ? { ...step, shared: true } : step;
  }
}

const KINDS: readonly (Place['kind'] | undefined)[] = ['scalar', 'mapping', 'sequence'];

function styleOf(tree: NodeTree, node: number): Place['style'] {
  if (tree.kind(node) !== SCALAR) return tree.isFlow(node) ? 'flow' : 'block';
  const style = tree.style(node);
  if (style === LITERAL || style === FOLDED) return 'lines';
  if (style === DOUBLE_QUOTED) return 'double-quoted';
  return style === PLAIN ? 'plain' : 'quoted';
}

function rangeOf(tree: NodeTree, node: number): TextRange {
  return { start: tree.start(node), end: tree.end(node) };
}
