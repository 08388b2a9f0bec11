/** A member of an object that is nested in another: `{"curl": {"CVE-2024-1": …}}` has the path `['curl', 'CVE-2024-1']`. */
export interface JsonMember {
  readonly path: readonly [string, string];
  readonly value: unknown;
}

const DEPTH = 2;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;

/**
 * Reads `{ "a": { "b": VALUE, … }, … }` of any size, one VALUE at a time, so that a document of 60 MB never stands in
 * memory as one object. Throws a SyntaxError on what is not JSON of that shape, and on a single value over the limit.
 * Members of other shapes on the way (`{"a": 5}`) are passed over.
 */
export async function* jsonMembers(
  chunks: AsyncIterable<Buffer>,
  maxValueBytes: number,
): AsyncGenerator<readonly JsonMember[]> {
  const scanner = new MemberScanner(maxValueBytes);
  for await (const chunk of chunks) {
    const members = scanner.push(chunk);
    if (members.length > 0) yield members;
  }
  scanner.finish();
}

/** What the grammar allows next between strings and values. Anything else could hide a member that was lost. */
type Expected = 'document' | 'key' | 'key-or-end' | 'colon' | 'value' | 'comma-or-end' | 'nothing';

class MemberScanner {
  readonly #maxValueBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #depth = 0;
  #expected: Expected = 'document';
  #inString = false;
  /** Where the last string began; -1 when it is done with. */
  #stringStart = -1;
  /** Where the value began that is being read, and how many brackets are open in it. */
  #valueStart = -1;
  #nesting = 0;
  #keys: [string, string] = ['', ''];

  constructor(maxValueBytes: number) {
    this.#maxValueBytes = maxValueBytes;
  }

  push(chunk: Buffer): JsonMember[] {
    this.#append(chunk);
    const found: JsonMember[] = [];
    while (this.#at < this.#bytes.length) {
      if (this.#inString) {
        this.#closeString();
      } else {
        const byte = this.#bytes[this.#at] ?? 0;
        const member = this.#valueStart < 0 ? this.#between(byte) : this.#within(byte);
        if (member) found.push(member);
        this.#at += 1;
      }
    }
    return found;
  }

  finish(): void {
    if (this.#expected !== 'nothing') throw new SyntaxError('the JSON document breaks off');
  }

  /** Drops what is done with and puts the new bytes behind the rest. */
  #append(chunk: Buffer): void {
    const keepFrom = this.#keepFrom();
    const rest = this.#bytes.subarray(keepFrom);
    if (rest.length > this.#maxValueBytes)
      throw new SyntaxError(`a JSON value of more than ${this.#maxValueBytes} bytes`);
    this.#bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.#at -= keepFrom;
    this.#stringStart -= this.#stringStart < 0 ? 0 : keepFrom;
    this.#valueStart -= this.#valueStart < 0 ? 0 : keepFrom;
  }

  #keepFrom(): number {
    if (this.#valueStart >= 0) return this.#valueStart;
    return this.#stringStart >= 0 ? this.#stringStart : this.#at;
  }

  #closeString(): void {
    const quote = this.#bytes.indexOf(QUOTE, this.#at);
    if (quote < 0) {
      this.#at = this.#bytes.length;
      return;
    }
    this.#at = quote + 1;
    if (this.#isEscaped(quote)) return;
    this.#inString = false;
    if (this.#valueStart < 0) this.#takeKey(this.#stringStart, quote + 1);
    this.#stringStart = -1;
  }

  /** The string's first byte stays in the buffer, so a run of backslashes can always be counted whole. */
  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    for (let at = quote - 1; at > this.#stringStart && this.#bytes[at] === BACKSLASH; at -= 1) backslashes += 1;
    return backslashes % 2 === 1;
  }

  #takeKey(start: number, end: number): void {
    const key = String(JSON.parse(this.#bytes.toString('utf8', start, end)));
    this.#keys = this.#depth === 1 ? [key, ''] : [this.#keys[0], key];
    this.#expected = 'colon';
  }

  /** A byte of the two outer objects themselves. */
  #between(byte: number): JsonMember | undefined {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return undefined;
    switch (this.#expected) {
      case 'key':
      case 'key-or-end':
        if (byte === QUOTE) return this.#openString();
        if (byte === BRACE_END && this.#expected === 'key-or-end') return this.#closeObject();
        break;
      case 'colon':
        if (byte === COLON) return this.#expect('value');
        break;
      case 'value':
        return this.#openValue(byte);
      case 'comma-or-end':
        if (byte === COMMA) return this.#expect('key');
        if (byte === BRACE_END) return this.#closeObject();
        break;
      case 'document':
        if (byte === BRACE) return this.#openObject();
        throw new SyntaxError('not one JSON object');
    }
    throw new SyntaxError(this.#depth === 0 ? 'more than one JSON object' : 'the JSON document is damaged');
  }

  #openValue(byte: number): undefined {
    if (byte === BRACE && this.#depth < DEPTH) return this.#openObject();
    this.#valueStart = this.#at;
    this.#nesting = 0;
    this.#within(byte);
  }

  /** A byte of a value, up to the one that ends it; JSON.parse judges what is in it. */
  #within(byte: number): JsonMember | undefined {
    switch (byte) {
      case QUOTE:
        return this.#openString();
      case BRACE:
      case BRACKET:
        this.#nesting += 1;
        return undefined;
      case BRACE_END:
      case BRACKET_END:
        this.#nesting -= 1;
        return this.#nesting < 0 ? this.#endValue(byte) : undefined;
      case COMMA:
        return this.#nesting === 0 ? this.#endValue(byte) : undefined;
      default:
        return undefined;
    }
  }

  #endValue(byte: number): JsonMember | undefined {
    const value: unknown = JSON.parse(this.#bytes.toString('utf8', this.#valueStart, this.#at));
    this.#valueStart = -1;
    this.#expected = 'comma-or-end';
    const member = this.#depth === DEPTH ? { path: this.#keys, value } : undefined;
    this.#between(byte);
    return member;
  }

  #openString(): undefined {
    this.#inString = true;
    this.#stringStart = this.#at;
  }

  #openObject(): undefined {
    this.#depth += 1;
    this.#expected = 'key-or-end';
  }

  #closeObject(): undefined {
    this.#depth -= 1;
    this.#expected = this.#depth === 0 ? 'nothing' : 'comma-or-end';
  }

  #expect(expected: Expected): undefined {
    this.#expected = expected;
  }
}
