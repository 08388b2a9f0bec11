import { YamlFault } from './fault.ts';

/** The lowest two bits of a node's flags. */
export const SCALAR = 0;
export const MAPPING = 1;
export const SEQUENCE = 2;
export const ALIAS = 3;
const KIND = 3;
/** A collection in brackets. */
const FLOW = 4;
/** How a scalar is written. */
export const PLAIN = 0;
export const SINGLE_QUOTED = 8;
export const DOUBLE_QUOTED = 16;
export const LITERAL = 24;
export const FOLDED = 32;
const STYLE = 56;
/** Its text is not what stands in the source: it has escapes, or several lines. */
const CODED = 64;
const ANCHORED = 128;

/** Numbers of a node: flags, start, end, first child or what its kind needs, next sibling. */
const FIELDS = 5;

/** The largest bundles of definitions that projects publish have 200,000; `[],[],[],` would make a gigabyte of 16 megabytes. */
const MAX_NODES = 2_000_000;

/**
 * The nodes of a text in one array of numbers: an object for each would take ten times the memory, and most of the time. A node is its
 * index; 0 is none. Children of a mapping are key, value, key, value.
 */
export class NodeTree {
  #numbers: Int32Array;
  #count = 1;
  /** Tags in full, of the nodes that have one: `tag:yaml.org,2002:str`. */
  readonly tags = new Map<number, string>();

  constructor(text: string) {
    this.#numbers = new Int32Array(FIELDS * (16 + (text.length >> 4)));
  }

  /** How many there are. */
  get size(): number {
    return this.#count - 1;
  }

  addScalar(style: number, start: number, end: number, isCoded: boolean): number {
    return this.#add(SCALAR | style | (isCoded ? CODED : 0), start, end);
  }

  /** @param indent of its lines, which are not part of the text */
  addBlockScalar(style: number, start: number, end: number, indent: number): number {
    const node = this.#add(SCALAR | style | CODED, start, end);
    this.#set(node, 3, indent);
    return node;
  }

  addCollection(kind: typeof MAPPING | typeof SEQUENCE, start: number, isFlow: boolean): number {
    return this.#add(kind | (isFlow ? FLOW : 0), start, start);
  }

  addAlias(start: number, end: number, target: number): number {
    const node = this.#add(ALIAS, start, end);
    this.#set(node, 3, target);
    return node;
  }

  #add(flags: number, start: number, end: number): number {
    if (this.#count > MAX_NODES) throw new YamlFault(`more than ${MAX_NODES} values; split the file`, start);
    const node = this.#count++;
    const at = node * FIELDS;
    if (at + FIELDS > this.#numbers.length) this.#grow();
    this.#numbers[at] = flags;
    this.#numbers[at + 1] = start;
    this.#numbers[at + 2] = end;
    return node;
  }

  #grow(): void {
    const larger = new Int32Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  /** @param previous child; 0 for the first */
  link(parent: number, previous: number, child: number): void {
    if (previous === 0) this.#set(parent, 3, child);
    else this.#set(previous, 4, child);
  }

  finish(node: number, end: number): void {
    this.#set(node, 2, end);
  }

  markAnchored(node: number): void {
    this.#set(node, 0, this.#get(node, 0) | ANCHORED);
  }

  kind(node: number): number {
    return this.#get(node, 0) & KIND;
  }

  style(node: number): number {
    return this.#get(node, 0) & STYLE;
  }

  isFlow(node: number): boolean {
    return (this.#get(node, 0) & FLOW) !== 0;
  }

  isCoded(node: number): boolean {
    return (this.#get(node, 0) & CODED) !== 0;
  }

  isAnchored(node: number): boolean {
    return (this.#get(node, 0) & ANCHORED) !== 0;
  }

  start(node: number): number {
    return this.#get(node, 1);
  }

  end(node: number): number {
    return this.#get(node, 2);
  }

  first(node: number): number {
    return this.#get(node, 3);
  }

  next(node: number): number {
    return this.#get(node, 4);
  }

  /** The node that an alias stands for. */
  target(node: number): number {
    return this.#get(node, 3);
  }

  blockIndent(node: number): number {
    return this.#get(node, 3);
  }

  /** Gives back what was taken beyond the nodes that there are. */
  trim(): void {
    this.#numbers = this.#numbers.slice(0, this.#count * FIELDS);
  }

  #get(node: number, field: number): number {
    return this.#numbers[node * FIELDS + field] ?? 0;
  }

  #set(node: number, field: number, value: number): void {
    this.#numbers[node * FIELDS + field] = value;
  }
}
