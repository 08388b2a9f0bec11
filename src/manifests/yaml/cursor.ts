import {
  CARRIAGE_RETURN,
  DASH,
  DOT,
  HASH,
  isBlank,
  isSpaceOrEnd,
  LINE_FEED,
  SPACE,
  startsWithByteOrderMark,
  TAB,
} from './characters.ts';
import { YamlFault } from './fault.ts';

/** A place in the text, and what the grammar wants to know of the line that it is on. */
export class Cursor {
  readonly text: string;
  position = 0;
  /** Offset of the first character of the line. */
  lineStart = 0;
  /** Spaces at the beginning of the line. */
  indent = 0;
  /** Nothing that counts was read on this line yet. */
  isFresh = true;
  /** A tab is among the blanks before what comes next. Blocks may not be indented with them. */
  isTabbed = false;
  /** At `---` or `...` in the first column. */
  isAtMarker = false;

  constructor(text: string) {
    this.text = text;
    this.enterLine(0);
  }

  get code(): number {
    return this.text.charCodeAt(this.position);
  }

  get column(): number {
    return this.position - this.lineStart;
  }

  /** No more of this document. */
  get isAtEnd(): boolean {
    return this.isAtMarker || this.position >= this.text.length;
  }

  /** A `-`, `?` or `:` is an indicator where a blank or nothing follows. */
  isAtIndicator(code: number): boolean {
    return this.code === code && isSpaceOrEnd(this.text.charCodeAt(this.position + 1));
  }

  /** Everything up to there is read. */
  moveTo(position: number): void {
    this.position = position;
    this.isFresh = false;
    this.isTabbed = false;
    this.isAtMarker = false;
  }

  enterLine(start: number): void {
    const { text } = this;
    this.lineStart = startsWithByteOrderMark(text, start) ? start + 1 : start;
    let at = this.lineStart;
    while (text.charCodeAt(at) === SPACE) at++;
    this.indent = at - this.lineStart;
    this.position = at;
    this.isFresh = true;
    this.isTabbed = false;
    this.isAtMarker = this.indent === 0 && isMarker(text, at);
  }

  /** Goes to the next thing that counts, over blanks, comments and lines. */
  skip(): void {
    const { text } = this;
    while (!this.isAtMarker) {
      let code = text.charCodeAt(this.position);
      while (isBlank(code)) {
        if (code === TAB) this.isTabbed = true;
        code = text.charCodeAt(++this.position);
      }
      if (code === HASH && this.#isComment()) {
        const end = text.indexOf('\n', this.position);
        if (end === -1) {
          this.position = text.length;
          return;
        }
        this.position = end;
      } else if (code !== LINE_FEED) return;
      this.enterLine(this.position + 1);
    }
  }

  #isComment(): boolean {
    return this.position === this.lineStart || isBlank(this.text.charCodeAt(this.position - 1));
  }

  /** Over blanks on the line. */
  skipBlanks(): void {
    while (isBlank(this.code)) this.position++;
  }

  fault(message: string, offset = this.position): YamlFault {
    return new YamlFault(message, offset);
  }
}

/** `---` and `...` end a document. */
export function isMarker(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== DASH && code !== DOT) return false;
  return text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code && isSpaceOrEnd(text.charCodeAt(at + 3));
}

/** Where the line that is at `at` ends: before its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return end > at && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
}
