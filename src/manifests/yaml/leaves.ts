import {
  AMPERSAND,
  ASTERISK,
  BACKSLASH,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  EXCLAMATION,
  HASH,
  isBlank,
  isFlowIndicator,
  isIndicator,
  isSpaceOrEnd,
  LINE_FEED,
  QUESTION,
  SINGLE_QUOTE,
} from './characters.ts';
import { type Cursor, isMarker } from './cursor.ts';
import { checkSeparated, type Directives } from './directives.ts';
import { DOUBLE_QUOTED, type NodeTree, PLAIN, SINGLE_QUOTED } from './tree.ts';

/** What may stand before a node: `&anchor` and `!tag`. */
export interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
}

/** Ends of the plain text on a line. */
interface PlainEnd {
  readonly end: number;
  /** Stopped by the colon of a key. */
  readonly isKey: boolean;
  /** Stopped by something else than the end of the line: nothing continues it. */
  readonly isClosed: boolean;
}

/** Reads what has no children: scalars on one or several lines, aliases, and the properties of all nodes. */
export class LeafReader {
  readonly #cursor: Cursor;
  readonly #tree: NodeTree;
  readonly #directives: Directives;
  readonly #anchors = new Map<string, number>();

  constructor(cursor: Cursor, tree: NodeTree, directives: Directives) {
    this.#cursor = cursor;
    this.#tree = tree;
    this.#directives = directives;
  }

  /** All that stands before a node on this line, and goes on to what comes next. */
  properties(inFlow: boolean): Properties {
    const cursor = this.#cursor;
    let anchor: string | undefined;
    let tag: string | undefined;
    const line = cursor.lineStart;
    while (cursor.lineStart === line && (cursor.code === AMPERSAND || cursor.code === EXCLAMATION)) {
      if (cursor.code === AMPERSAND) {
        if (anchor !== undefined) throw cursor.fault('a second anchor for one value');
        anchor = this.#name();
        checkSeparated(cursor, inFlow);
      } else {
        if (tag !== undefined) throw cursor.fault('a second tag for one value');
        tag = this.#directives.tag(cursor, inFlow);
      }
      cursor.skip();
    }
    return { ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }) };
  }

  /** Of an anchor or alias. */
  #name(): string {
    const { text, position } = this.#cursor;
    let end = position + 1;
    for (let code = text.charCodeAt(end); !isSpaceOrEnd(code) && !isFlowIndicator(code); code = text.charCodeAt(end))
      end++;
    if (end === position + 1) throw this.#cursor.fault('an anchor or alias without a name');
    this.#cursor.moveTo(end);
    return text.slice(position + 1, end);
  }

  /** Gives a node what stood before it. */
  give(node: number, properties: Properties | undefined): number {
    if (properties === undefined) return node;
    const { anchor, tag } = properties;
    if (tag !== undefined) this.#tree.tags.set(node, tag);
    if (anchor !== undefined) {
      this.#anchors.set(anchor, node);
      this.#tree.markAnchored(node);
    }
    return node;
  }

  empty(at: number, properties?: Properties): number {
    return this.give(this.#tree.addScalar(PLAIN, at, at, false), properties);
  }

  alias(): number {
    const { position } = this.#cursor;
    const name = this.#name();
    const target = this.#anchors.get(name);
    if (target === undefined)
      throw this.#cursor.fault(`the alias *${name.slice(0, 40)} has no anchor before it`, position);
    return this.#tree.addAlias(position, this.#cursor.position, target);
  }

  /** An alias or a quoted text, by its first character; undefined for all else. */
  marked(code: number): number | undefined {
    if (code === ASTERISK) return this.alias();
    if (code === DOUBLE_QUOTE) return this.#doubleQuoted();
    return code === SINGLE_QUOTE ? this.#singleQuoted() : undefined;
  }

  #doubleQuoted(): number {
    const { text, position: start } = this.#cursor;
    let isCoded = false;
    for (let at = start + 1; ; at++) {
      const code = text.charCodeAt(at);
      if (code === DOUBLE_QUOTE) return this.#quoted(DOUBLE_QUOTED, start, at + 1, isCoded);
      if (code === BACKSLASH) {
        isCoded = true;
        if (text.charCodeAt(at + 1) !== LINE_FEED) at++;
      } else if (code === LINE_FEED) {
        isCoded = true;
        this.#enterQuotedLine(at + 1, start);
      } else if (at >= text.length) throw this.#cursor.fault('a text in quotes that does not end', start);
    }
  }

  #singleQuoted(): number {
    const { text, position: start } = this.#cursor;
    let isCoded = false;
    for (let at = start + 1; ; at++) {
      const code = text.charCodeAt(at);
      if (code === SINGLE_QUOTE) {
        if (text.charCodeAt(at + 1) !== SINGLE_QUOTE) return this.#quoted(SINGLE_QUOTED, start, at + 1, isCoded);
        isCoded = true;
        at++;
      } else if (code === LINE_FEED) {
        isCoded = true;
        this.#enterQuotedLine(at + 1, start);
      } else if (at >= text.length) throw this.#cursor.fault('a text in quotes that does not end', start);
    }
  }

  #enterQuotedLine(at: number, start: number): void {
    this.#cursor.lineStart = at;
    if (isMarker(this.#cursor.text, at)) throw this.#cursor.fault('a text in quotes that does not end', start);
  }

  #quoted(style: number, start: number, end: number, isCoded: boolean): number {
    this.#cursor.moveTo(end);
    return this.#tree.addScalar(style, start, end, isCoded);
  }

  /** Whether a plain scalar may begin here. */
  isPlainStart(inFlow: boolean): boolean {
    const { code, text, position } = this.#cursor;
    if (!isIndicator(code)) return true;
    if (code !== DASH && code !== QUESTION && code !== COLON) return false;
    const next = text.charCodeAt(position + 1);
    return !isSpaceOrEnd(next) && !(inFlow && isFlowIndicator(next));
  }

  /** The plain text on this line, which begins here. */
  plainOnLine(inFlow: boolean): PlainEnd {
    const { text, position } = this.#cursor;
    let end = position;
    for (let at = position; ; at++) {
      const code = text.charCodeAt(at);
      if (code > 63 ? !(inFlow && isFlowIndicator(code)) : isOrdinary(code)) {
        end = at + 1;
        continue;
      }
      if (isBlank(code)) continue;
      if (code === LINE_FEED || at >= text.length) return { end, isKey: false, isClosed: false };
      if (code === HASH && at > end) return { end, isKey: false, isClosed: true };
      if (code === COLON && endsKey(text.charCodeAt(at + 1), inFlow)) return { end, isKey: true, isClosed: true };
      if (inFlow && isFlowIndicator(code)) return { end, isKey: false, isClosed: true };
      end = at + 1;
    }
  }

  /**
   * A plain scalar whose first line is known; lines that are indented by more than `parent` continue it, in brackets all.
   */
  plain(first: PlainEnd, parent: number, inFlow: boolean): number {
    const cursor = this.#cursor;
    const start = cursor.position;
    let { end, isClosed } = first;
    let isCoded = false;
    cursor.moveTo(end);
    while (!isClosed && this.#enterContinuation(parent, inFlow)) {
      isCoded = true;
      const line = this.plainOnLine(inFlow);
      if (line.isKey && !inFlow)
        throw cursor.fault('a key that goes over several lines, or one that is indented wrongly');
      ({ end, isClosed } = line);
      cursor.moveTo(end);
    }
    return this.#tree.addScalar(PLAIN, start, end, isCoded);
  }

  /** Goes to the next line that is not empty, if it continues a plain scalar. */
  #enterContinuation(parent: number, inFlow: boolean): boolean {
    const cursor = this.#cursor;
    const { position, lineStart, indent } = cursor;
    const { code } = this.#nextLine();
    const continues =
      !cursor.isAtEnd &&
      cursor.isFresh &&
      code !== HASH &&
      (inFlow ? !isFlowIndicator(code) && !this.#isFlowValue() : cursor.indent > parent);
    if (continues) return true;
    cursor.lineStart = lineStart;
    cursor.indent = indent;
    cursor.moveTo(position);
    return false;
  }

  /** Over empty lines, but not over comments. */
  #nextLine(): Cursor {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    while (cursor.code === LINE_FEED && !cursor.isAtMarker) {
      cursor.enterLine(cursor.position + 1);
      if (!cursor.isAtMarker) cursor.skipBlanks();
    }
    return cursor;
  }

  #isFlowValue(): boolean {
    return this.#cursor.code === COLON && endsKey(this.#cursor.text.charCodeAt(this.#cursor.position + 1), true);
  }
}

/** Below 64, neither a blank nor anything that may end a plain scalar. */
function isOrdinary(code: number): boolean {
  return code > 32 && code !== HASH && code !== COLON && code !== 44;
}

/** What follows the colon of a key. */
export function endsKey(next: number, inFlow: boolean): boolean {
  return isSpaceOrEnd(next) || (inFlow && isFlowIndicator(next));
}
