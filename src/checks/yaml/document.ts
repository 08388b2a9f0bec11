import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import type { Position } from '../check.ts';
import { isMergeKey, keyName } from './resolve.ts';
import type { SourceText } from './source-text.ts';

export type YamlPath = readonly (string | number)[];

/** Offsets in UTF-16 code units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where something stands. */
export interface Place {
  /** Of the member's name; absent in a list and at the root. */
  readonly key?: TextRange;
  /** Undefined for a member without a value: `spec:`. */
  readonly node: Node | undefined;
  /** Written behind an anchor that others use as well: what is changed there changes elsewhere. */
  readonly shared: boolean;
}

/** One document of a file: its value and, when they are asked for, its places. */
export class YamlDocument {
  /** Plain objects, lists and scalars. Values that an alias repeats are the same object: never change them. */
  readonly value: unknown;
  readonly #source: SourceText;
  readonly #root: Node;
  readonly #targets: ReadonlyMap<Alias, Node>;

  constructor(source: SourceText, root: Node, value: unknown, targets: ReadonlyMap<Alias, Node>) {
    this.#source = source;
    this.value = value;
    this.#root = root;
    this.#targets = targets;
  }

  /** The whole file's. */
  get text(): string {
    return this.#source.text;
  }

  /** From the member's name to the end of its value; of the nearest thing around it where there is nothing at the path. */
  positionOf(path: YamlPath): Position {
    const place = this.#nearest(path);
    const value = rangeOfNode(place.node);
    const start = place.key?.start ?? value?.start ?? 0;
    const from = this.#source.placeOf(start);
    const end = this.#source.placeOf(Math.max(start, value?.end ?? place.key?.end ?? start));
    return { line: from.line, column: from.column, endLine: end.line, endColumn: end.column };
  }

  /** Of the value at the path. */
  rangeOf(path: YamlPath): TextRange | undefined {
    return rangeOfNode(this.placeOf(path)?.node);
  }

  placeOf(path: YamlPath): Place | undefined {
    let place: Place | undefined = this.#resolved({ node: this.#root, shared: false });
    for (const step of path) {
      place = this.#step(place, step);
      if (place === undefined) return undefined;
    }
    return place;
  }

  #nearest(path: YamlPath): Place {
    let place = this.#resolved({ node: this.#root, shared: false });
    for (const step of path) {
      const next = this.#step(place, step);
      if (next === undefined) break;
      place = next;
    }
    return place;
  }

  #step(place: Place, step: string | number): Place | undefined {
    const { node, shared } = place;
    if (isSeq(node)) {
      const item = typeof step === 'number' ? node.items[step] : undefined;
      return item === undefined ? undefined : this.#resolved({ node: asNode(item), shared });
    }
    if (!isMap(node)) return undefined;
    const name = String(step);
    const pair = node.items.findLast(({ key }) => keyName(key) === name && !isMergeKey(key));
    if (pair === undefined) return this.#merged(node.items, name);
    const key = isScalar(pair.key) ? rangeOfNode(pair.key) : undefined;
    return this.#resolved({ ...(key && { key }), node: asNode(pair.value), shared });
  }

  #merged(pairs: readonly Pair[], name: string): Place | undefined {
    for (const { key, value } of pairs) {
      if (!isMergeKey(key)) continue;
      const { node } = this.#resolved({ node: asNode(value), shared: true });
      for (const source of isSeq(node) ? node.items : [node]) {
        const found = this.#step(this.#resolved({ node: asNode(source), shared: true }), name);
        if (found !== undefined) return { ...found, shared: true };
      }
    }
    return undefined;
  }

  #resolved(place: Place): Place {
    const { node } = place;
    if (!isAlias(node)) return hasAnchor(node) ? { ...place, shared: true } : place;
    return { ...place, node: this.#targets.get(node), shared: true };
  }
}

function rangeOfNode(node: Node | undefined): TextRange | undefined {
  return node?.range ? { start: node.range[0], end: node.range[1] } : undefined;
}

function asNode(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value) ? value : undefined;
}

function hasAnchor(node: Node | undefined): boolean {
  return (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined;
}
