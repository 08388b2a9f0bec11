import { XzError } from './error.ts';

const SMALLEST_BUFFER = 1 << 16;

/**
 * The output seen as dictionary: the last `dictionaryBytes` bytes stay reachable, older ones are dropped once they have
 * been handed on. The buffer starts small and grows with the data, so that a header which claims a huge dictionary costs nothing.
 */
export class OutputWindow {
  #buffer: Uint8Array = new Uint8Array(0);
  readonly #dictionaryBytes: number;
  /** Index into the buffer where the next byte goes. */
  end = 0;
  /** Bytes since the last dictionary reset; LZMA's position. */
  position = 0;
  #taken = 0;

  constructor(dictionaryBytes: number) {
    this.#dictionaryBytes = dictionaryBytes;
  }

  /** How far back a match may reach. */
  get available(): number {
    return Math.min(this.position, this.#dictionaryBytes);
  }

  resetDictionary(): void {
    this.position = 0;
  }

  /** Makes room for `bytes` more. What has been taken before may be overwritten from now on. */
  reserve(bytes: number): void {
    if (this.end + bytes <= this.#buffer.length) return;
    const keep = Math.min(this.end, this.#dictionaryBytes);
    const wanted = Math.max(SMALLEST_BUFFER, keep + bytes, Math.min(this.end * 2, this.#dictionaryBytes * 2));
    const target = wanted > this.#buffer.length ? new Uint8Array(wanted) : this.#buffer;
    if (target === this.#buffer) target.copyWithin(0, this.end - keep, this.end);
    else target.set(this.#buffer.subarray(this.end - keep, this.end));
    this.#buffer = target;
    this.end = keep;
    this.#taken = keep;
  }

  /** The bytes since the last call, as a view that is valid until the next `reserve`. */
  take(): Uint8Array {
    const view = this.#buffer.subarray(this.#taken, this.end);
    this.#taken = this.end;
    return view;
  }

  push(byte: number): void {
    this.#buffer[this.end] = byte;
    this.end += 1;
    this.position += 1;
  }

  append(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.end);
    this.end += bytes.length;
    this.position += bytes.length;
  }

  /** The byte `distance + 1` bytes back. */
  back(distance: number): number {
    const index = this.end - 1 - distance;
    if (index < 0) throw new XzError('LZMA distance reaches before the start of the data');
    return this.#buffer[index] as number;
  }

  /** Appends `length` bytes from `distance + 1` bytes back; the two may overlap, which repeats. */
  repeat(distance: number, length: number): void {
    const buffer = this.#buffer;
    const start = this.end - 1 - distance;
    const stop = start + length;
    let to = this.end;
    for (let from = start; from < stop; from += 1, to += 1) buffer[to] = buffer[from] as number;
    this.end = to;
    this.position += length;
  }
}
