/** A value of a JSON text with where it stands, so that one value can be replaced and everything else stays as it was typed. */
export type JsonPlace =
  | { readonly kind: 'object'; readonly start: number; readonly end: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'text'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'other'; readonly start: number; readonly end: number };

interface JsonMember {
  readonly key: string;
  readonly value: JsonPlace;
}

const MAX_DEPTH = 64;

/** Undefined for what `JSON.parse` would refuse too. */
export function jsonPlaces(text: string): JsonPlace | undefined {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return new Reader(text).value(0);
  } catch {
    return undefined;
  }
}

/** The member of an object; of several with the same key the last, which is the one that counts. */
export function memberAt(place: JsonPlace | undefined, key: string): JsonPlace | undefined {
  return place?.kind === 'object' ? place.members.findLast((member) => member.key === key)?.value : undefined;
}

/** Reads a text of which it is known that it is JSON, so anything unexpected ends it. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\ufeff')) this.#at = 1;
  }

  value(depth: number): JsonPlace {
    if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
    this.#skipBlanks();
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') {
      const text = this.#string();
      return { kind: 'text', start, end: this.#at, text };
    }
    while (this.#at < this.#text.length && !/[\s,\]}]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return { kind: 'other', start, end: this.#at };
  }

  #object(depth: number): JsonPlace {
    const start = this.#at;
    const members: JsonMember[] = [];
    this.#at += 1;
    while (this.#hasNext('}')) {
      const key = this.#string();
      this.#skipBlanks();
      this.#at += 1;
      members.push({ key, value: this.value(depth + 1) });
    }
    return { kind: 'object', start, end: this.#at, members };
  }

  #array(depth: number): JsonPlace {
    const start = this.#at;
    this.#at += 1;
    while (this.#hasNext(']')) this.value(depth + 1);
    return { kind: 'other', start, end: this.#at };
  }

  /** Goes to the next element, or past the closing bracket when there is none. */
  #hasNext(close: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] === ',') this.#at += 1;
    this.#skipBlanks();
    if (this.#at >= this.#text.length) throw new RangeError('ends too early');
    if (this.#text[this.#at] !== close) return true;
    this.#at += 1;
    return false;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') {
      if (this.#at >= this.#text.length) throw new RangeError('ends too early');
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += 1;
    const parsed: unknown = JSON.parse(this.#text.slice(start, this.#at));
    return String(parsed);
  }

  #skipBlanks(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}
