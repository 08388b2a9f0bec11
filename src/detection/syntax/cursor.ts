import { unescaped } from './unescaped.ts';

/** A condition that cannot be parsed, with the place of what is wrong in its text. */
export class ConditionFault extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const BLANKS = new Set([' ', '\t', '\b', '\r', '\n']);

/** Reads the tokens of a condition. Patterns are linear: each is one run of characters of a class. */
export class Cursor {
  readonly text: string;
  at = 0;
  /** What was read last, unescaped where it was quoted. */
  token = '';

  constructor(text: string) {
    this.text = text;
  }

  fault(message: string): ConditionFault {
    return new ConditionFault(message, this.at);
  }

  /** Whether there were any. */
  skipBlanks(): boolean {
    const from = this.at;
    while (BLANKS.has(this.text[this.at] ?? '')) this.at++;
    return this.at > from;
  }

  takes(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.token = word;
    this.at += word.length;
    return true;
  }

  /** The first of the words that stands here. */
  takesOne<W extends string>(words: readonly W[]): W | undefined {
    return words.find((word) => this.takes(word));
  }

  /** The first of the words that stands here with a blank behind it, which is read too. */
  takesOneWithBlank<W extends string>(words: readonly W[]): W | undefined {
    const { at, token } = this;
    for (const word of words) {
      if (this.takes(word) && this.skipBlanks()) return word;
      this.at = at;
      this.token = token;
    }
    return undefined;
  }

  matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found === undefined) return false;
    this.token = found;
    this.at += found.length;
    return true;
  }

  identifier(): boolean {
    return this.matches(/[a-zA-Z]+[a-zA-Z0-9_]*/y);
  }

  fieldName(): boolean {
    return this.matches(/[a-zA-Z]+[a-zA-Z0-9_]*(?:\.[a-zA-Z]+[a-zA-Z0-9_]*)+/y);
  }

  fieldArgument(): boolean {
    return this.matches(/[^\][\s"']+/y);
  }

  number(): boolean {
    return this.matches(/0[xX][0-9a-fA-F]+/y) || this.matches(/[+-]?[0-9]+\.?[0-9]*(?:[eE][+-][0-9]+)?/y);
  }

  bareText(): boolean {
    return this.matches(/[^()"'\s=,]+/y);
  }

  /** A text in quotes ends at the first of them that has no backslash before it. One that never ends is not read. */
  quotedText(): boolean {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return false;
    let end = this.at + 1;
    while (end < this.text.length && (this.text[end] !== quote || this.text[end - 1] === '\\')) end++;
    if (end >= this.text.length) return false;
    const read = unescaped(this.text.slice(this.at, end + 1));
    if ('fault' in read) throw this.fault(read.fault);
    this.at = end + 1;
    this.token = read.text;
    return true;
  }
}
