import { err, ok, type Result } from '#foundation/index.ts';

/** What PHP's `serialize` writes, as far as PEAR uses it: texts, numbers, truth values and arrays. */
export type PhpValue = string | number | boolean | null | PhpArray;
export type PhpArray = ReadonlyMap<string, PhpValue>;

const MAX_DEPTH = 60;
const MAX_VALUES = 1_000_000;

class NotReadable extends Error {}

/** Reads one serialized value (https://www.phpinternalsbook.com/php5/classes_objects/serialization.html). Objects and references are refused. */
export function parseSerialized(bytes: Uint8Array): Result<PhpValue> {
  try {
    return ok(new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).value(0));
  } catch (error) {
    if (error instanceof NotReadable) return err(error.message);
    throw error;
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #values = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): PhpValue {
    if (depth > MAX_DEPTH || ++this.#values > MAX_VALUES) throw new NotReadable('is nested too deep or too large');
    const kind = String.fromCharCode(this.#bytes[this.#at] ?? 0);
    this.#at += 2;
    if (kind === 'N') return null;
    if (kind === 'b') return this.#number(';') === 1;
    if (kind === 'i' || kind === 'd') return this.#number(';');
    if (kind === 's') return this.#text();
    if (kind === 'a') return this.#array(depth);
    throw new NotReadable('has a value of another kind than PEAR writes');
  }

  /** Up to the character that ends it, which is passed over. */
  #number(end: string): number {
    const stop = this.#bytes.indexOf(end, this.#at, 'latin1');
    if (stop === -1 || stop - this.#at > 40) throw new NotReadable('has a number without an end');
    const value = Number(this.#bytes.toString('latin1', this.#at, stop));
    this.#at = stop + 1;
    return value;
  }

  /** `5:"Title";`, the length in bytes. */
  #text(): string {
    const length = this.#number(':');
    const start = this.#at + 1;
    const isWhole = Number.isSafeInteger(length) && length >= 0 && start + length + 2 <= this.#bytes.length;
    if (!isWhole) throw new NotReadable('has a text that goes beyond its end');
    this.#at = start + length + 2;
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** `2:{key value key value}`. */
  #array(depth: number): PhpArray {
    const length = this.#number(':');
    this.#at++;
    const members = new Map<string, PhpValue>();
    for (let index = 0; index < length; index++) {
      const key = this.value(depth + 1);
      const value = this.value(depth + 1);
      if (typeof key === 'string' || typeof key === 'number') members.set(String(key), value);
    }
    this.#at++;
    return members;
  }
}
