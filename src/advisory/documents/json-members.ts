/** A member of an object that is nested in another: `{"curl": {"CVE-2024-1": …}}` has the path `['curl', 'CVE-2024-1']`. */
export interface JsonMember {
  readonly path: readonly [string, string];
  readonly value: unknown;
}

const DEPTH = 2;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

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

class MemberScanner {
  readonly #maxValueBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #depth = 0;
  #begun = false;
  /** Where the last string began that may turn out to be a key; -1 when there is none. */
  #stringStart = -1;
  #stringEnd = -1;
  #inString = false;
  #valueStart = -1;
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
        const member = this.#step(this.#bytes[this.#at] ?? 0);
        if (member) found.push(member);
        this.#at += 1;
      }
    }
    return found;
  }

  finish(): void {
    if (!this.#begun || this.#depth !== 0 || this.#inString) throw new SyntaxError('the JSON document breaks off');
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
    this.#stringEnd -= this.#stringEnd < 0 ? 0 : keepFrom;
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
    this.#stringEnd = quote + 1;
  }

  /** The string's first byte stays in the buffer, so a run of backslashes can always be counted whole. */
  #isEscaped(quote: number): boolean {
    let backslashes = 0;
    for (let at = quote - 1; at > this.#stringStart && this.#bytes[at] === BACKSLASH; at -= 1) backslashes += 1;
    return backslashes % 2 === 1;
  }

  #step(byte: number): JsonMember | undefined {
    if (this.#depth === 0 && byte > 0x20 && byte !== 0x7b) throw new SyntaxError('not one JSON object');
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#stringStart = this.#at;
        return undefined;
      case 0x3a: // :
        this.#takeKey();
        return undefined;
      case 0x7b: // {
      case 0x5b: // [
        this.#open();
        return undefined;
      case 0x7d: // }
      case 0x5d: // ]
        return this.#close();
      case 0x2c: // ,
        return this.#depth === DEPTH ? this.#endValue() : this.#forgetString();
      default:
        return undefined;
    }
  }

  #open(): void {
    if (this.#depth === 0 && this.#begun) throw new SyntaxError('more than one JSON object');
    this.#begun = true;
    this.#depth += 1;
    this.#forgetString();
  }

  #close(): JsonMember | undefined {
    const member = this.#depth === DEPTH ? this.#endValue() : undefined;
    this.#depth -= 1;
    this.#forgetString();
    return member;
  }

  #takeKey(): void {
    if (this.#depth < 1 || this.#depth > DEPTH || this.#stringStart < 0 || this.#valueStart >= 0) return;
    const key: unknown = JSON.parse(this.#bytes.toString('utf8', this.#stringStart, this.#stringEnd));
    if (this.#depth === 1) this.#keys = [String(key), ''];
    else {
      this.#keys = [this.#keys[0], String(key)];
      this.#valueStart = this.#at + 1;
    }
    this.#forgetString();
  }

  #endValue(): JsonMember | undefined {
    if (this.#valueStart < 0) return undefined;
    const value: unknown = JSON.parse(this.#bytes.toString('utf8', this.#valueStart, this.#at));
    this.#valueStart = -1;
    this.#forgetString();
    return { path: this.#keys, value };
  }

  #forgetString(): undefined {
    this.#stringStart = -1;
    this.#stringEnd = -1;
  }
}
