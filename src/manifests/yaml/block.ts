import { readBlockScalar } from './block-scalar.ts';
import {
  AMPERSAND,
  ASTERISK,
  COLON,
  DASH,
  EXCLAMATION,
  GREATER,
  isSpaceOrEnd,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  QUESTION,
  TAB,
} from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Depth } from './depth.ts';
import type { FlowReader } from './flow.ts';
import type { LeafReader, Properties } from './leaves.ts';
import { MAPPING, type NodeTree, PLAIN, SEQUENCE } from './tree.ts';

/** A place where something begins. */
interface Opening {
  /** Column of the collection around it, -1 outside of any. */
  readonly parent: number;
  /** A collection may begin here: at the beginning of a line, or behind `- `. */
  readonly canOpen: boolean;
  readonly start: number;
  readonly column: number;
  /** What stands on lines before it is of the whole. */
  readonly outer: Properties | undefined;
  /** What stands before it on its line is of the first key, if it is one. */
  readonly inner: Properties | undefined;
}

/** Reads what is structured by indentation. */
export class BlockReader {
  readonly #cursor: Cursor;
  readonly #tree: NodeTree;
  readonly #leaves: LeafReader;
  readonly #flow: FlowReader;
  readonly #depth: Depth;
  /** Behind the last thing that was read. */
  #end = 0;
  #isKey = false;

  constructor(cursor: Cursor, tree: NodeTree, leaves: LeafReader, flow: FlowReader, depth: Depth) {
    this.#cursor = cursor;
    this.#tree = tree;
    this.#leaves = leaves;
    this.#flow = flow;
    this.#depth = depth;
  }

  /** The node of a document. */
  root(): number {
    return this.#node(-1, false, false);
  }

  /**
   * @param parent column of the collection around it: lines of the node are indented further
   * @param isCompact a collection may begin on the line: `- - a`
   * @param isValue the items of a member's list may stand in the member's own column
   */
  #node(parent: number, isCompact: boolean, isValue: boolean): number {
    const cursor = this.#cursor;
    const behind = cursor.position;
    cursor.skip();
    let outer: Properties | undefined;
    for (;;) {
      if (this.#isOutside(parent, isValue)) return this.#read(this.#leaves.empty(behind, outer));
      const { position: start, isFresh, isTabbed, column } = cursor;
      let inner: Properties | undefined;
      if (this.#isAtProperties()) {
        inner = this.#leaves.properties(false);
        if (cursor.isFresh || cursor.isAtEnd) {
          outer = joinedProperties(cursor, outer, inner);
          continue;
        }
      }
      const canOpen = !isTabbed && (isFresh || isCompact);
      this.#depth.enter(start);
      const node = this.#content({ parent, canOpen, start, column, outer, inner });
      this.#depth.leave();
      return node;
    }
  }

  /** Nothing is written for a value whose next line is not indented further. */
  #isOutside(parent: number, isValue: boolean): boolean {
    const cursor = this.#cursor;
    if (cursor.isAtEnd) return true;
    if (!cursor.isFresh || cursor.indent > parent) return false;
    return !(isValue && cursor.indent === parent && !cursor.isTabbed && cursor.isAtIndicator(DASH));
  }

  #isAtProperties(): boolean {
    const { code } = this.#cursor;
    return code === AMPERSAND || code === EXCLAMATION;
  }

  #content(at: Opening): number {
    const cursor = this.#cursor;
    const { code } = cursor;
    if (isSpaceOrEnd(cursor.text.charCodeAt(cursor.position + 1))) {
      if (code === DASH) return this.#sequence(at);
      if (code === QUESTION) return this.#mapping(at, 0);
      if (code === COLON) return this.#mapping(at, this.#leaves.empty(cursor.position, at.inner));
    }
    if (code === PIPE || code === GREATER) {
      const node = readBlockScalar(cursor, this.#tree, at.parent);
      return this.#read(this.#leaves.give(node, joinedProperties(cursor, at.outer, at.inner)));
    }
    const leaf = this.#leaf(at.parent, at.inner);
    if (code === ASTERISK && (at.inner !== undefined || (at.outer !== undefined && !this.#isKey)))
      throw cursor.fault('an alias has no anchor or tag of its own', at.start);
    if (this.#isKey) return this.#mapping(at, this.#leaves.give(leaf, at.inner));
    return this.#read(this.#leaves.give(leaf, joinedProperties(cursor, at.outer, at.inner)));
  }

  /** A scalar, alias or collection in brackets; whether it turns out to be a key, `#isKey` says. */
  #leaf(parent: number, properties: Properties | undefined): number {
    const cursor = this.#cursor;
    const { code, lineStart, position } = cursor;
    const isBracket = code === OPEN_BRACE || code === OPEN_BRACKET;
    const node = isBracket ? this.#flow.collection(properties) : this.#leaves.marked(code);
    if (node === undefined) return this.#plain(parent);
    cursor.skipBlanks();
    this.#isKey = cursor.isAtIndicator(COLON);
    if (this.#isKey && cursor.lineStart !== lineStart)
      throw cursor.fault('a key that goes over several lines', position);
    return node;
  }

  #plain(parent: number): number {
    const cursor = this.#cursor;
    if (!this.#leaves.isPlainStart(false)) throw cursor.fault(strayCharacter(cursor.text, cursor.position));
    const first = this.#leaves.plainOnLine(false);
    this.#isKey = first.isKey;
    if (!first.isKey) return this.#leaves.plain(first, parent, false);
    const node = this.#tree.addScalar(PLAIN, cursor.position, first.end, false);
    cursor.moveTo(first.end);
    cursor.skipBlanks();
    return node;
  }

  /** @param first key, read up to its colon; 0 where the mapping begins with `?` */
  #mapping(at: Opening, first: number): number {
    if (!at.canOpen || (first === 0 && at.inner !== undefined))
      throw this.#cursor.fault('a key cannot begin here; begin it on a line of its own', at.start);
    const map = this.#leaves.give(this.#tree.addCollection(MAPPING, at.start, false), at.outer);
    let last = 0;
    let key = first;
    do {
      last = key === 0 ? this.#member(map, last, at.column) : this.#implicitValue(map, last, key, at.column);
      key = 0;
    } while (this.#continues(at.column));
    this.#tree.finish(map, this.#end);
    return map;
  }

  #member(map: number, last: number, column: number): number {
    const cursor = this.#cursor;
    if (!cursor.isAtIndicator(QUESTION)) return this.#implicitValue(map, last, this.#implicitKey(), column);
    cursor.moveTo(cursor.position + 1);
    const key = this.#node(column, true, true);
    this.#tree.link(map, last, key);
    const { position: behind } = cursor;
    const hasValue = this.#continues(column) && cursor.isAtIndicator(COLON);
    if (hasValue) cursor.moveTo(cursor.position + 1);
    const value = hasValue
      ? this.#node(column, true, true)
      : this.#read(this.#leaves.empty(Math.min(behind, this.#end)));
    this.#tree.link(map, key, value);
    return value;
  }

  /** At the colon. */
  #implicitValue(map: number, last: number, key: number, column: number): number {
    const cursor = this.#cursor;
    cursor.moveTo(cursor.position + 1);
    this.#tree.link(map, last, key);
    const value = this.#node(column, false, true);
    this.#tree.link(map, key, value);
    return value;
  }

  #implicitKey(): number {
    const cursor = this.#cursor;
    const { lineStart, position, code } = cursor;
    const properties = this.#isAtProperties() ? this.#leaves.properties(false) : undefined;
    if (properties !== undefined && (cursor.lineStart !== lineStart || cursor.isAtEnd))
      throw cursor.fault('an anchor or tag without a key', position);
    if (cursor.isAtIndicator(COLON)) return this.#leaves.empty(cursor.position, properties);
    if (properties !== undefined && cursor.code === ASTERISK)
      throw cursor.fault('an alias has no anchor or tag of its own', position);
    if (code === PIPE || code === GREATER) throw cursor.fault('a key cannot begin here; begin it on a line of its own');
    const key = this.#leaf(Number.MAX_SAFE_INTEGER, properties);
    if (!this.#isKey) throw cursor.fault('a key without a colon', position);
    return this.#leaves.give(key, properties);
  }

  #sequence(at: Opening): number {
    if (!at.canOpen || at.inner !== undefined)
      throw this.#cursor.fault('a list cannot begin here; begin it on a line of its own', at.start);
    const list = this.#leaves.give(this.#tree.addCollection(SEQUENCE, at.start, false), at.outer);
    let last = 0;
    do {
      this.#cursor.moveTo(this.#cursor.position + 1);
      const item = this.#node(at.column, true, false);
      this.#tree.link(list, last, item);
      last = item;
    } while (this.#continues(at.column) && this.#cursor.isAtIndicator(DASH));
    this.#tree.finish(list, this.#end);
    return list;
  }

  /** Whether what comes next stands in the column of a collection. */
  #continues(column: number): boolean {
    const cursor = this.#cursor;
    cursor.skip();
    if (cursor.isAtEnd) return false;
    if (!cursor.isFresh) throw cursor.fault(strayCharacter(cursor.text, cursor.position));
    if (cursor.indent < column) return false;
    if (cursor.indent > column) throw cursor.fault('indented wrongly: begin it in the column of what is above it');
    if (cursor.isTabbed) throw cursor.fault('a tab; indent with spaces');
    return true;
  }

  #read(node: number): number {
    this.#end = this.#tree.end(node);
    return node;
  }
}

function joinedProperties(cursor: Cursor, outer?: Properties, inner?: Properties): Properties | undefined {
  if (outer === undefined || inner === undefined) return outer ?? inner;
  if (outer.anchor !== undefined && inner.anchor !== undefined) throw cursor.fault('a second anchor for one value');
  if (outer.tag !== undefined && inner.tag !== undefined) throw cursor.fault('a second tag for one value');
  return { ...outer, ...inner };
}

/** What to say of a character with which nothing can go on. */
function strayCharacter(text: string, at: number): string {
  const character = JSON.stringify(text.slice(at, at + 1));
  if (text.charCodeAt(at) === TAB) return 'a tab; indent with spaces';
  return `${character} cannot stand here; put the text in quotes if it is part of it`;
}
