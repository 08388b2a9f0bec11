import type { Fault } from '../document.ts';

/** Text of one instruction with its continuations joined, and where each part of it stands in the document. */
export interface JoinedText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece {
  /** Offset in the joined text at which the piece begins. */
  readonly at: number;
  /** Offset in the document. */
  readonly offset: number;
}

/** Offset in the document of an offset in the joined text. The end of a piece belongs to the piece, not to the next one. */
export function offsetOf({ pieces }: JoinedText, at: number, isEnd = false): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const begins = pieces[middle]?.at ?? 0;
    if (isEnd ? begins < at : begins <= at) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece === undefined ? at : piece.offset + at - piece.at;
}

/** A part of a joined text, its places kept. */
export function sliceJoined(joined: JoinedText, start: number): JoinedText {
  const pieces = joined.pieces.filter(({ at }) => at > start).map(({ at, offset }) => ({ at: at - start, offset }));
  return { text: joined.text.slice(start), pieces: [{ at: 0, offset: offsetOf(joined, start) }, ...pieces] };
}

export interface Line {
  /** Without its end. */
  readonly content: string;
  readonly start: number;
  /** Where its content ends. */
  readonly end: number;
}

/** A document, cut into lines. */
export interface Source {
  readonly document: string;
  readonly lines: readonly Line[];
  readonly escapeWith: '\\' | '`';
}

export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    lines.push({ content: text.slice(start, end), start, end });
    start = next + 1;
  }
  return lines;
}

export interface Directives {
  readonly escapeWith: '\\' | '`';
  readonly syntax?: { readonly value: string; readonly start: number };
  readonly faults: readonly Fault[];
}

/** `# name=value` in the first lines, until anything else stands there: https://docs.docker.com/reference/dockerfile/#parser-directives. */
export function readDirectives(lines: readonly Line[]): Directives {
  let escapeWith: '\\' | '`' = '\\';
  let syntax: Directives['syntax'];
  const faults: Fault[] = [];
  for (const { content, start, end } of lines) {
    const found =
      /^\ufeff?[ \t]{0,50}#[ \t]{0,50}([a-zA-Z][a-zA-Z0-9]{0,50})[ \t]{0,50}=[ \t]{0,50}(\S.{0,1000})$/.exec(content);
    const name = found?.[1]?.toLowerCase();
    const value = found?.[2]?.trimEnd();
    if (!name || !value) break;
    if (name === 'syntax') syntax = { value, start: start + content.lastIndexOf(value) };
    if (name !== 'escape') continue;
    if (value === '\\' || value === '`') escapeWith = value;
    else faults.push({ start, end, message: 'the escape directive is neither a backslash nor a backtick' });
  }
  return { escapeWith, ...(syntax && { syntax }), faults };
}

export interface JoinedLines extends JoinedText {
  /** Index of the line after the last one that belongs to it. */
  readonly next: number;
}

/** From a line that begins an instruction to the one that ends it. Comments and empty lines between do not end it. */
export function joinLines(lines: readonly Line[], first: number, escapeWith: string): JoinedLines {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  let length = 0;
  let index = first;
  for (; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    const { content } = line;
    if (index > first && isSkippable(content)) continue;
    const continued = continuationAt(content, escapeWith);
    // The first line's leading space is no part of the keyword; a later line keeps its own, as it separates words.
    const lead = index === first ? content.length - content.trimStart().length : 0;
    const part = content.slice(lead, continued < 0 ? undefined : continued);
    pieces.push({ at: length, offset: line.start + lead });
    parts.push(part);
    length += part.length;
    if (continued < 0) break;
  }
  return { text: parts.join(''), pieces, next: Math.min(index + 1, lines.length) };
}

function isSkippable(content: string): boolean {
  const trimmed = content.trimStart();
  return trimmed === '' || trimmed.startsWith('#');
}

/** Where a line's continuation stands, or -1. An escaped escape at the end continues nothing. */
function continuationAt(content: string, escapeWith: string): number {
  let end = content.length;
  while (end > 0 && (content[end - 1] === ' ' || content[end - 1] === '\t')) end -= 1;
  if (end === 0 || content[end - 1] !== escapeWith) return -1;
  return end > 1 && content[end - 2] === escapeWith ? -1 : end - 1;
}
