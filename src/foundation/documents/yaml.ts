import { err, ok, type Result } from '../result.ts';
import type { TextSource } from './text-source.ts';

/** Every scalar is its text: a version `1.10` must not become the number 1.1. Nothing is the empty text. */
export type Yaml = string | Yaml[] | { [key: string]: Yaml };

export interface YamlDocuments {
  readonly documents: readonly Yaml[];
  /** Lines that were not understood and passed over. */
  readonly unreadableLines: number;
}

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_VALUES = 2_000_000;
const MAX_DEPTH = 64;

/**
 * Reads YAML as lock files and environment files have it: block and flow collections, plain, quoted and block scalars,
 * anchors and aliases (one value, never copies), several documents (https://yaml.org/spec/1.2.2/). Tags are passed over.
 * A line that is wrong loses itself only. Written for lock files of megabytes: a general parser takes a second for each.
 */
export function parseYaml(file: TextSource): Result<YamlDocuments> {
  if (file.size > MAX_BYTES) return err(`has more than ${MAX_BYTES} bytes`);
  const text = file.text();
  try {
    return ok(new YamlReader(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text).read());
  } catch (error) {
    if (error instanceof YamlLimit) return err(error.message);
    throw error;
  }
}

class YamlLimit extends Error {}

interface Line {
  /** Column of the first character that counts. */
  readonly indent: number;
  /** Of the first character that counts. */
  readonly start: number;
  /** Behind the last one, without the line's end. */
  readonly end: number;
}

class YamlReader {
  readonly #text: string;
  readonly #anchors = new Map<string, Yaml>();
  /** Start of the line after `#line`. */
  #next = 0;
  #line: Line | undefined;
  #values = 0;
  #unreadableLines = 0;

  constructor(text: string) {
    this.#text = text;
    this.#advance();
  }

  read(): YamlDocuments {
    const documents: Yaml[] = [];
    while (this.#line) {
      if (this.#isMarker(this.#line)) {
        this.#enterDocument(this.#line);
        continue;
      }
      documents.push(this.#block(0, 0));
      while (this.#line && !this.#isMarker(this.#line)) this.#skipLine();
      this.#anchors.clear();
    }
    return { documents, unreadableLines: this.#unreadableLines };
  }

  /** `--- # comment` and `--- value`: what stands behind the marker begins the document. */
  #enterDocument(line: Line): void {
    const start = this.#text.startsWith('---', line.start)
      ? skipBlanks(this.#text, line.start + 3, line.end)
      : line.end;
    if (start >= line.end || this.#text[start] === '#') this.#advance();
    else this.#line = { indent: start - line.start, start, end: line.end };
  }

  /** A value that begins on this line, which is indented by `indent` at least. */
  #block(indent: number, depth: number): Yaml {
    const line = this.#line;
    if (line === undefined || line.indent < indent || this.#isMarker(line)) return '';
    this.#count(depth);
    if (this.#isItem(line)) return this.#sequence(line.indent, depth);
    if (this.#isComplexKey(line) || this.#keyEnd(line.start, line.end) !== -1) return this.#mapping(line.indent, depth);
    return this.#value(line, indent - 1, depth);
  }

  #sequence(indent: number, depth: number): Yaml[] {
    const items: Yaml[] = [];
    for (let line = this.#line; line && line.indent >= indent && !this.#isMarker(line); line = this.#line) {
      if (line.indent > indent) this.#skipLine();
      else if (this.#isItem(line)) items.push(this.#behind(line, line.start + 1, indent, depth));
      else break;
    }
    return items;
  }

  #mapping(indent: number, depth: number): Yaml {
    const members: { [key: string]: Yaml } = Object.create(null);
    for (let line = this.#line; line && line.indent >= indent && !this.#isMarker(line); line = this.#line) {
      if (line.indent > indent) {
        this.#skipLine();
        continue;
      }
      if (this.#isComplexKey(line)) {
        this.#complexMember(line, members, depth);
        continue;
      }
      const colon = this.#keyEnd(line.start, line.end);
      if (colon === -1) {
        if (this.#isItem(line)) break;
        this.#skipLine();
        continue;
      }
      const key = this.#key(line.start, colon);
      members[key] = this.#behind(line, colon + 1, indent, depth);
    }
    return members;
  }

  /** `? key` with `: value` on the next line: how long keys are written. */
  #complexMember(line: Line, members: { [key: string]: Yaml }, depth: number): void {
    const start = skipBlanks(this.#text, line.start + 1, line.end);
    const key = this.#key(start, line.end);
    this.#advance();
    const next = this.#line;
    if (next?.indent !== line.indent || this.#text[next.start] !== ':') {
      members[key] = '';
      return;
    }
    members[key] = this.#behind(next, next.start + 1, line.indent, depth);
  }

  /** What stands behind `-` or `key:`, on the same line or indented on the next ones. */
  #behind(line: Line, from: number, indent: number, depth: number): Yaml {
    let start = skipBlanks(this.#text, from, line.end);
    const anchor = this.#text[start] === '&' ? wordAt(this.#text, start + 1, line.end) : undefined;
    while (start < line.end && (this.#text[start] === '&' || this.#text[start] === '!'))
      start = skipBlanks(this.#text, start + 1 + wordAt(this.#text, start + 1, line.end).length, line.end);
    const value = this.#valueFrom(line, start, indent, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, value);
    return value;
  }

  #valueFrom(line: Line, start: number, indent: number, depth: number): Yaml {
    const isItem = this.#text[line.start] === '-' && start > line.start && this.#isItem(line);
    if (start >= line.end || this.#text[start] === '#') {
      this.#advance();
      const next = this.#line;
      // The items of a member's list may stand in the member's own column.
      const inColumn = !isItem && next?.indent === indent && this.#isItem(next);
      return this.#block(inColumn ? indent : indent + 1, depth + 1);
    }
    const rest: Line = { indent: line.indent + start - line.start, start, end: line.end };
    const opensBlock =
      (isItem || this.#text[line.start] === ':') && (this.#isItem(rest) || this.#keyEnd(start, line.end) !== -1);
    if (opensBlock) {
      this.#line = rest;
      return this.#block(rest.indent, depth + 1);
    }
    return this.#value(rest, indent, depth + 1);
  }

  /** A scalar or a flow collection; lines that are indented deeper than `indent` may continue it. */
  #value(line: Line, indent: number, depth: number): Yaml {
    this.#count(depth);
    const first = this.#text[line.start];
    if (first === '|' || first === '>') return this.#blockScalar(indent, first === '|' ? '\n' : ' ');
    if (first === '"' || first === "'" || first === '[' || first === '{') return this.#spanning(line, depth);
    if (first === '*') {
      this.#advance();
      return this.#anchors.get(wordAt(this.#text, line.start + 1, line.end)) ?? '';
    }
    return this.#plainScalar(line, indent);
  }

  #plainScalar(line: Line, indent: number): string {
    const parts = [withoutComment(this.#text, line.start, line.end)];
    this.#advance();
    for (let next = this.#line; next && next.indent > indent && !this.#isMarker(next); next = this.#line) {
      parts.push(withoutComment(this.#text, next.start, next.end));
      this.#advance();
    }
    const whole = parts.join(' ');
    return whole === '~' || whole === 'null' ? '' : whole;
  }

  #blockScalar(indent: number, joiner: string): string {
    const parts: string[] = [];
    this.#advance({ comments: true });
    while (this.#line && this.#line.indent > indent) {
      parts.push(this.#text.slice(this.#line.start, this.#line.end));
      this.#advance({ comments: true });
    }
    if (this.#line && this.#text[this.#line.start] === '#') this.#advance();
    return parts.join(joiner);
  }

  /** A quoted text or a flow collection, which may end on a later line. One that never ends loses its first line only. */
  #spanning(line: Line, depth: number): Yaml {
    const flow = new FlowReader(this.#text, line.start, depth, () => this.#count(0));
    const value = flow.value();
    if (value === undefined) {
      this.#skipLine();
      return '';
    }
    const newline = this.#text.indexOf('\n', flow.position);
    this.#next = newline === -1 ? this.#text.length : newline + 1;
    this.#advance();
    return value;
  }

  /** A key is a text, quoted or not; `null` and `~` are themselves. */
  #key(start: number, end: number): string {
    const first = this.#text[start];
    if (first === '"' || first === "'") {
      const value = new FlowReader(this.#text.slice(start, end), 0, 0, () => undefined).value();
      if (typeof value === 'string') return value;
    }
    return withoutComment(this.#text, start, end);
  }

  /** Position of the colon that ends a key beginning here, or -1. */
  #keyEnd(start: number, end: number): number {
    const first = this.#text[start];
    if (first === '{' || first === '[') return -1;
    let from = start;
    if (first === '"' || first === "'") {
      from = quoteEnd(this.#text, start, end);
      if (from === -1) return -1;
      from = skipBlanks(this.#text, from, end);
      return this.#text[from] === ':' && isBlankAt(this.#text, from + 1, end) ? from : -1;
    }
    for (let at = from; at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === COLON && isBlankAt(this.#text, at + 1, end)) return at;
      if (code === HASH && at > start && isBlankAt(this.#text, at - 1, end)) return -1;
    }
    return -1;
  }

  #isItem(line: Line): boolean {
    return this.#text.charCodeAt(line.start) === DASH && isBlankAt(this.#text, line.start + 1, line.end);
  }

  #isComplexKey(line: Line): boolean {
    return this.#text[line.start] === '?' && isBlankAt(this.#text, line.start + 1, line.end);
  }

  #isMarker(line: Line): boolean {
    if (line.indent !== 0) return false;
    const mark = this.#text.slice(line.start, line.start + 3);
    return ((mark === '---' || mark === '...') && isBlankAt(this.#text, line.start + 3, line.end)) || mark[0] === '%';
  }

  #count(depth: number): void {
    if (depth > MAX_DEPTH) throw new YamlLimit(`is nested more than ${MAX_DEPTH} levels deep`);
    if (++this.#values > MAX_VALUES) throw new YamlLimit(`has more than ${MAX_VALUES} values`);
  }

  #skipLine(): void {
    this.#unreadableLines++;
    this.#advance();
  }

  /** Goes to the next line that is not empty or a comment. Comments count inside of a block scalar. */
  #advance({ comments = false } = {}): void {
    this.#line = undefined;
    while (this.#next < this.#text.length) {
      const from = this.#next;
      const newline = this.#text.indexOf('\n', from);
      let end = newline === -1 ? this.#text.length : newline;
      this.#next = end + 1;
      while (end > from && isSpace(this.#text.charCodeAt(end - 1))) end--;
      const start = skipBlanks(this.#text, from, end);
      if (start === end || (!comments && this.#text.charCodeAt(start) === HASH)) continue;
      this.#line = { indent: start - from, start, end };
      return;
    }
  }
}

/** Reads quoted texts and flow collections: JSON with bare words and line breaks. */
class FlowReader {
  readonly #text: string;
  readonly #baseDepth: number;
  readonly #count: () => void;
  position: number;

  constructor(text: string, position: number, baseDepth: number, count: () => void) {
    this.#text = text;
    this.position = position;
    this.#baseDepth = baseDepth;
    this.#count = count;
  }

  /** Undefined when it does not end, or not as it should. */
  value(depth = 0): Yaml | undefined {
    if (this.#baseDepth + depth > MAX_DEPTH) throw new YamlLimit(`is nested more than ${MAX_DEPTH} levels deep`);
    this.#count();
    const first = this.#text[this.position];
    if (first === '"' || first === "'") return this.#quoted();
    if (first === '[') return this.#list(depth);
    if (first === '{') return this.#members(depth);
    return this.#word();
  }

  #list(depth: number): Yaml | undefined {
    const items: Yaml[] = [];
    this.position++;
    while (this.#skipSpace()) {
      if (this.#takes(']')) return items;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      items.push(value);
      if (!this.#skipSpace()) return undefined;
      if (!this.#takes(',') && this.#text[this.position] !== ']') return undefined;
    }
    return undefined;
  }

  #members(depth: number): Yaml | undefined {
    const members: { [key: string]: Yaml } = Object.create(null);
    this.position++;
    while (this.#skipSpace()) {
      if (this.#takes('}')) return members;
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || !this.#skipSpace()) return undefined;
      members[key] = '';
      if (this.#takes(':')) {
        if (!this.#skipSpace()) return undefined;
        const value = this.value(depth + 1);
        if (value === undefined) return undefined;
        members[key] = value;
        if (!this.#skipSpace()) return undefined;
      }
      if (!this.#takes(',') && this.#text[this.position] !== '}') return undefined;
    }
    return undefined;
  }

  #word(): string | undefined {
    const start = this.position;
    for (; this.position < this.#text.length; this.position++) {
      const code = this.#text.charCodeAt(this.position);
      if (FLOW_ENDS.has(code)) break;
      if (code === COLON && endsWord(this.#text.charCodeAt(this.position + 1))) break;
    }
    const word = this.#text.slice(start, this.position).trim();
    return this.position === start && this.#text[start] !== ',' && this.#text[start] !== '}' ? undefined : word;
  }

  #quoted(): string | undefined {
    const start = this.position;
    const end = quoteEnd(this.#text, start, this.#text.length);
    if (end === -1) return undefined;
    this.position = end;
    // Begins at the first blank of a run only: from every one of them the search would take quadratic time.
    const inner = this.#text.slice(start + 1, end - 1).replace(/(?<![ \t\r])[ \t\r]*\n[ \t\r\n]*/g, ' ');
    return this.#text[start] === "'" ? inner.replaceAll("''", "'") : unescaped(inner);
  }

  #takes(character: string): boolean {
    if (this.#text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  /** False at the end of the text. */
  #skipSpace(): boolean {
    while (this.position < this.#text.length && isSpace(this.#text.charCodeAt(this.position))) this.position++;
    return this.position < this.#text.length;
  }
}

const COLON = 58;
const HASH = 35;
const DASH = 45;
const FLOW_ENDS = new Set([...',[]{}\n'].map((character) => character.charCodeAt(0)));

function endsWord(code: number): boolean {
  return Number.isNaN(code) || isSpace(code) || FLOW_ENDS.has(code);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

/** True for a blank and for the end of the line. */
function isBlankAt(text: string, at: number, end: number): boolean {
  return at >= end || isSpace(text.charCodeAt(at));
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function wordAt(text: string, from: number, end: number): string {
  let at = from;
  while (at < end && !isSpace(text.charCodeAt(at))) at++;
  return text.slice(from, at);
}

/** Behind the quote that closes the one at `start`; -1 when none does. */
function quoteEnd(text: string, start: number, end: number): number {
  const quote = text.charCodeAt(start);
  const isDouble = quote === 34;
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isDouble && code === 92) at++;
    else if (code !== quote) continue;
    else if (isDouble || text.charCodeAt(at + 1) !== quote) return at + 1;
    else at++;
  }
  return -1;
}

function withoutComment(text: string, start: number, end: number): string {
  const line = text.slice(start, end);
  const comment = line.search(/[ \t]#/);
  return (comment === -1 ? line : line.slice(0, comment)).trim();
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['0', '\0'],
  ['e', '\x1b'],
]);

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))/gs, (_, byte, unit, character) =>
    character === undefined
      ? String.fromCharCode(Number.parseInt(byte ?? unit, 16))
      : (ESCAPES.get(character) ?? character),
  );
}
