import { DASH, HASH, isBlank, isSpaceOrEnd, LINE_FEED, PIPE, PLUS, SPACE, TAB } from './characters.ts';
import { type Cursor, isMarker, lineEnd } from './cursor.ts';
import { FOLDED, LITERAL, type NodeTree } from './tree.ts';

/**
 * Reads a text of lines, which begins at its `|` or `>`.
 *
 * @param parent column of the collection around it, -1 outside of any: its lines are indented further
 */
export function readBlockScalar(cursor: Cursor, tree: NodeTree, parent: number): number {
  const { text, position: start, code } = cursor;
  const digit = readHeader(cursor);
  const body = cursor.position;
  const lines = measureLines(cursor, body, parent, digit === undefined ? undefined : Math.max(parent, 0) + digit);
  const style = code === PIPE ? LITERAL : FOLDED;
  const node = tree.addBlockScalar(style, start, lines.end > body ? lines.end : headerEnd(text, start), lines.indent);
  if (lines.next >= text.length) {
    cursor.moveTo(text.length);
    cursor.isFresh = true;
  } else cursor.enterLine(lines.next);
  return node;
}

/** Goes behind the line of the header; the digit says how far the text is indented. */
function readHeader(cursor: Cursor): number | undefined {
  const { text, position: start } = cursor;
  const end = lineEnd(text, start);
  let at = start + 1;
  let digit: number | undefined;
  let hasChomping = false;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if ((code === PLUS || code === DASH) && !hasChomping) hasChomping = true;
    else if (code >= 49 && code <= 57 && digit === undefined) digit = code - 48;
    else break;
  }
  const behind = at;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  const isComment = text.charCodeAt(at) === HASH && at > behind;
  if (at < end && !isComment) throw cursor.fault('begin the text on the next line', at);
  const newline = text.indexOf('\n', start);
  cursor.moveTo(newline === -1 ? text.length : newline + 1);
  return digit;
}

function headerEnd(text: string, start: number): number {
  let end = start + 1;
  while (!isSpaceOrEnd(text.charCodeAt(end))) end++;
  return end;
}

interface Lines {
  /** Offset of the line behind it. */
  readonly next: number;
  /** Behind the last line that has something in it. */
  readonly end: number;
  readonly indent: number;
}

function measureLines(cursor: Cursor, body: number, parent: number, given: number | undefined): Lines {
  const { text } = cursor;
  const indent = given ?? foundIndent(cursor, body, parent);
  let end = body;
  let at = body;
  while (at < text.length) {
    const spaces = spacesAt(text, at);
    const isEmpty = isEmptyFrom(text, at + spaces);
    if (!isEmpty && (spaces < indent || (indent === 0 && isMarker(text, at)))) break;
    if (!isEmpty || spaces > indent) end = lineEnd(text, at);
    const newline = text.indexOf('\n', at);
    at = newline === -1 ? text.length : newline + 1;
  }
  return { next: at, end, indent };
}

/** Of the first line that is not empty. */
function foundIndent(cursor: Cursor, body: number, parent: number): number {
  const { text } = cursor;
  let widest = 0;
  for (let at = body; at < text.length; ) {
    const spaces = spacesAt(text, at);
    if (!isEmptyFrom(text, at + spaces)) {
      if (spaces <= parent && text.charCodeAt(at + spaces) === TAB) throw cursor.fault('a tab; indent with spaces', at);
      if (spaces <= parent || isMarker(text, at)) break;
      if (widest > spaces) throw cursor.fault('an empty line above the text is indented further than the text', at);
      return spaces;
    }
    widest = Math.max(widest, spaces);
    const newline = text.indexOf('\n', at);
    at = newline === -1 ? text.length : newline + 1;
  }
  return Math.max(widest, parent + 1);
}

function isEmptyFrom(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === LINE_FEED || Number.isNaN(code) || text.startsWith('\r\n', at);
}

function spacesAt(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === SPACE) end++;
  return end - at;
}

/** The text of a block scalar. */
export function blockScalarText(text: string, tree: NodeTree, node: number): string {
  const start = tree.start(node);
  const end = tree.end(node);
  const header = text.slice(start + 1, headerEnd(text, start));
  const newline = text.indexOf('\n', start);
  const body = newline === -1 ? text.length : newline + 1;
  const indent = tree.blockIndent(node);
  const lines = end > body ? text.slice(body, end).split('\n') : [];
  const kept = lines.map((line) => withoutIndent(line, indent));
  const content = tree.style(node) === LITERAL ? kept.join('\n') : folded(kept);
  if (header.includes('-')) return content;
  const isKept = header.charCodeAt(0) === PLUS || header.charCodeAt(1) === PLUS;
  const breaks = isKept ? emptyLinesBehind(text, Math.max(end, body), lines.length > 0) : 0;
  const hasLastBreak = lines.length > 0 && text.includes('\n', end);
  return content + '\n'.repeat(breaks + (hasLastBreak ? 1 : 0));
}

function withoutIndent(line: string, indent: number): string {
  const kept = line.slice(Math.min(indent, spacesAt(line, 0)));
  return kept.endsWith('\r') ? kept.slice(0, -1) : kept;
}

function emptyLinesBehind(text: string, end: number, isBehindLine: boolean): number {
  let count = 0;
  let at = end;
  if (isBehindLine) {
    const newline = text.indexOf('\n', end);
    if (newline === -1) return 0;
    at = newline + 1;
  }
  for (;;) {
    let next = at + spacesAt(text, at);
    if (text.startsWith('\r\n', next)) next++;
    if (text.charCodeAt(next) !== LINE_FEED) return next === text.length && next > at ? count + 1 : count;
    count++;
    at = next + 1;
  }
}

/** Line breaks become blanks, but not beside lines that are indented further. */
function folded(lines: readonly string[]): string {
  let text = '';
  let empty = 0;
  let wasFurther = true;
  let isFirst = true;
  for (const line of lines) {
    if (line === '') {
      empty++;
      continue;
    }
    const isFurther = isBlank(line.charCodeAt(0));
    if (isFirst) text = '\n'.repeat(empty);
    else if (isFurther || wasFurther) text += '\n'.repeat(empty + 1);
    else text += empty === 0 ? ' ' : '\n'.repeat(empty);
    text += line;
    empty = 0;
    wasFurther = isFurther;
    isFirst = false;
  }
  return text;
}
