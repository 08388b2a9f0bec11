import {
  AMPERSAND,
  ASTERISK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  EXCLAMATION,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUESTION,
  SINGLE_QUOTE,
} from './characters.ts';
import type { Cursor } from './cursor.ts';
import type { Depth } from './depth.ts';
import { endsKey, type LeafReader, type Properties } from './leaves.ts';
import { MAPPING, type NodeTree, SEQUENCE } from './tree.ts';

/**
 * Reads collections in brackets. How their lines are indented does not matter, as it does not to the libraries of the field, though the
 * specification wants them indented.
 */
export class FlowReader {
  readonly #cursor: Cursor;
  readonly #tree: NodeTree;
  readonly #leaves: LeafReader;
  readonly #depth: Depth;

  constructor(cursor: Cursor, tree: NodeTree, leaves: LeafReader, depth: Depth) {
    this.#cursor = cursor;
    this.#tree = tree;
    this.#leaves = leaves;
    this.#depth = depth;
  }

  /** Begins at its bracket. An alias inside of it that means its own anchor must not find an older one of that name. */
  collection(properties: Properties | undefined): number {
    const cursor = this.#cursor;
    const start = cursor.position;
    const isMapping = cursor.code === OPEN_BRACE;
    const close = isMapping ? CLOSE_BRACE : CLOSE_BRACKET;
    const node = this.#leaves.give(this.#tree.addCollection(isMapping ? MAPPING : SEQUENCE, start, true), properties);
    this.#depth.enter(start);
    cursor.moveTo(start + 1);
    let last = 0;
    for (;;) {
      this.#skip(start);
      if (cursor.code === close) break;
      last = isMapping ? this.#member(node, last) : this.#item(node, last);
      this.#skip(start);
      if (cursor.code === COMMA) cursor.moveTo(cursor.position + 1);
      else if (cursor.code !== close) throw cursor.fault(`write , or ${isMapping ? '}' : ']'} here`);
    }
    cursor.moveTo(cursor.position + 1);
    this.#depth.leave();
    this.#tree.finish(node, cursor.position);
    return node;
  }

  #skip(start: number): void {
    this.#cursor.skip();
    if (this.#cursor.isAtEnd) throw this.#cursor.fault('a bracket that is not closed', start);
  }

  #member(map: number, last: number): number {
    const cursor = this.#cursor;
    const isExplicit = this.#takeQuestion();
    const isEmpty = this.#isAtValue() || (isExplicit && this.#endsEntry());
    const key = isEmpty ? this.#leaves.empty(cursor.position) : this.#node();
    return this.#value(map, last, key, this.#isJson(key));
  }

  /** `[a, b: c]` has a mapping of one member in it. */
  #item(list: number, last: number): number {
    const cursor = this.#cursor;
    const { position: start, lineStart } = cursor;
    const isExplicit = this.#takeQuestion();
    const isEmpty = this.#isAtValue() || (isExplicit && this.#endsEntry());
    const key = isEmpty ? this.#leaves.empty(cursor.position) : this.#node();
    const isPair = isExplicit || isEmpty || this.#isKeyOfPair(key, lineStart);
    if (!isPair) {
      this.#tree.link(list, last, key);
      return key;
    }
    const map = this.#tree.addCollection(MAPPING, start, true);
    this.#value(map, 0, key, this.#isJson(key));
    this.#tree.finish(map, cursor.position);
    this.#tree.link(list, last, map);
    return map;
  }

  #isKeyOfPair(key: number, lineStart: number): boolean {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    if (cursor.code !== COLON) return false;
    if (!this.#isJson(key) && !endsKey(cursor.text.charCodeAt(cursor.position + 1), true)) return false;
    if (cursor.lineStart !== lineStart) throw cursor.fault('a key in a list that goes over several lines');
    return true;
  }

  /** Links the key, and the value that follows it if one does. */
  #value(map: number, last: number, key: number, isAdjacent: boolean): number {
    const cursor = this.#cursor;
    const { position: end } = cursor;
    this.#tree.link(map, last, key);
    this.#skip(this.#tree.start(map));
    const { code } = cursor;
    let value: number;
    if (code === COLON && (isAdjacent || endsKey(cursor.text.charCodeAt(cursor.position + 1), true))) {
      cursor.moveTo(cursor.position + 1);
      const behind = cursor.position;
      this.#skip(this.#tree.start(map));
      value = this.#endsEntry() ? this.#leaves.empty(behind) : this.#node();
    } else value = this.#leaves.empty(end);
    this.#tree.link(map, key, value);
    return value;
  }

  #takeQuestion(): boolean {
    const cursor = this.#cursor;
    if (!cursor.isAtIndicator(QUESTION)) return false;
    cursor.moveTo(cursor.position + 1);
    this.#skip(cursor.position);
    return true;
  }

  /** At the colon of an empty key. */
  #isAtValue(): boolean {
    const cursor = this.#cursor;
    return cursor.code === COLON && endsKey(cursor.text.charCodeAt(cursor.position + 1), true);
  }

  #endsEntry(): boolean {
    const { code } = this.#cursor;
    return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET;
  }

  /** Quoted or in brackets: its colon needs no blank behind it. */
  #isJson(key: number): boolean {
    const code = this.#cursor.text.charCodeAt(this.#tree.end(key) - 1);
    return code === DOUBLE_QUOTE || code === SINGLE_QUOTE || code === CLOSE_BRACE || code === CLOSE_BRACKET;
  }

  #node(): number {
    const cursor = this.#cursor;
    const behind = cursor.position;
    if (!this.#isAtProperties()) return this.#content();
    let properties = this.#leaves.properties(true);
    if (this.#isAtProperties()) properties = { ...properties, ...this.#leaves.properties(true) };
    this.#skip(behind);
    if (cursor.code === ASTERISK) throw cursor.fault('an alias has no anchor or tag of its own');
    const isEmpty = this.#endsEntry() || this.#isAtValue();
    return isEmpty ? this.#leaves.empty(behind, properties) : this.#leaves.give(this.#content(properties), properties);
  }

  #isAtProperties(): boolean {
    const { code } = this.#cursor;
    return code === AMPERSAND || code === EXCLAMATION;
  }

  #content(properties?: Properties): number {
    const cursor = this.#cursor;
    const { code } = cursor;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.collection(properties);
    const marked = this.#leaves.marked(code);
    if (marked !== undefined) return marked;
    if (!this.#leaves.isPlainStart(true))
      throw cursor.fault('no value can begin with this character; put it in quotes');
    return this.#leaves.plain(this.#leaves.plainOnLine(true), -1, true);
  }
}
