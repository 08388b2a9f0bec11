import type { Value } from '../values/value.ts';
import { SyntaxFault } from './ast.ts';

const ESCAPES: ReadonlyMap<string, number> = new Map(
  Object.entries({ a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, '?': 63, '"': 34, "'": 39, '`': 96 }),
);
const DIGITS: ReadonlyMap<string, number> = new Map(Object.entries({ x: 2, X: 2, u: 4, U: 8 }));

/** Reads a text or bytes literal with its prefixes (`r`, `b`), one or three quotes. */
export function readQuoted(source: string, start: number): { value: Value; end: number } {
  let at = start;
  let isRaw = false;
  let isBytes = false;
  for (; source[at] !== '"' && source[at] !== "'"; at++) {
    if (source[at]?.toLowerCase() === 'r') isRaw = true;
    else isBytes = true;
  }
  const quote = source[at] ?? '"';
  const mark = source.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  const reader = new Quoted(source, start, at + mark.length, mark, { isRaw, isBytes });
  return reader.read();
}

class Quoted {
  readonly #source: string;
  readonly #start: number;
  readonly #mark: string;
  readonly #isRaw: boolean;
  readonly #isBytes: boolean;
  #at: number;
  readonly #parts: Buffer[] = [];
  #text = '';

  constructor(source: string, start: number, at: number, mark: string, how: { isRaw: boolean; isBytes: boolean }) {
    this.#source = source;
    this.#start = start;
    this.#at = at;
    this.#mark = mark;
    this.#isRaw = how.isRaw;
    this.#isBytes = how.isBytes;
  }

  read(): { value: Value; end: number } {
    while (!this.#source.startsWith(this.#mark, this.#at)) {
      const character = this.#source[this.#at];
      const isOpen = character === undefined || (this.#mark.length === 1 && (character === '\n' || character === '\r'));
      if (isOpen) throw new SyntaxFault('this text is not closed', this.#start);
      if (character === '\\' && !this.#isRaw) this.#escape();
      else this.#plain(character);
    }
    const end = this.#at + this.#mark.length;
    if (!this.#isBytes) return { value: this.#text, end };
    this.#flush();
    return { value: new Uint8Array(Buffer.concat(this.#parts)), end };
  }

  /** A line end within three quotes is one character however the file was written. */
  #plain(character: string): void {
    this.#at += 1;
    if (character === '\r' && this.#source[this.#at] === '\n') return;
    this.#text += character === '\r' ? '\n' : character;
  }

  #escape(): void {
    const at = this.#at;
    const letter = this.#source[at + 1] ?? '';
    const simple = ESCAPES.get(letter);
    if (simple !== undefined) {
      this.#take(simple, 2, false);
      return;
    }
    const octal = /^[0-3][0-7]{2}/.exec(this.#source.slice(at + 1, at + 4))?.[0];
    if (octal !== undefined) {
      this.#take(Number.parseInt(octal, 8), 4, true);
      return;
    }
    const count = DIGITS.get(letter) ?? 0;
    const digits = this.#source.slice(at + 2, at + 2 + count);
    const isUnicode = letter === 'u' || letter === 'U';
    if (count === 0 || digits.length < count || !/^[0-9a-fA-F]+$/.test(digits) || (isUnicode && this.#isBytes))
      throw new SyntaxFault(`\\${letter} is no escape that is known here; write \\\\ for a backslash`, at);
    const code = Number.parseInt(digits, 16);
    if (isUnicode && (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)))
      throw new SyntaxFault(`\\${letter}${digits} is no character of Unicode`, at);
    this.#take(code, 2 + count, !isUnicode);
  }

  /** In bytes an escape by number is one byte, not the encoding of a character. */
  #take(code: number, length: number, isByte: boolean): void {
    this.#at += length;
    if (!this.#isBytes || !isByte) {
      this.#text += String.fromCodePoint(code);
      return;
    }
    this.#flush();
    this.#parts.push(Buffer.of(code));
  }

  #flush(): void {
    this.#parts.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }
}
