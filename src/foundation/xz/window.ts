import { damaged } from './damaged.ts';

const SMALLEST_BUFFER = 1 << 16;
const SPARE_BYTES = 16 << 20;

/** The last buffer that was let go: most files are small and come in numbers, and fresh buffers would pile up between collections. */
let spare: Uint8Array | undefined;

/**
 * The output seen as dictionary: the last `dictionaryBytes` bytes stay reachable, older ones are dropped once they have
 * been handed on. The buffer starts small and grows with the data, so that a header which claims a huge dictionary costs nothing.
 */
export class OutputWindow {
  #buffer: Uint8Array;
  readonly #dictionaryBytes: number;
  /** Index into the buffer where the next byte goes. */
  end = 0;
  /** Bytes since the last dictionary reset; LZMA's position. */
  position = 0;
  #taken = 0;

  constructor(dictionaryBytes: number) {
    this.#dictionaryBytes = dictionaryBytes;
    this.#buffer = spare ?? new Uint8Array(0);
    spare = undefined;
  }

  /** The window must not be used afterwards. */
  release(): void {
    if (this.#buffer.length <= SPARE_BYTES) spare = this.#buffer;
    this.#buffer = new Uint8Array(0);
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
    const roomy = Math.min(this.end * 4, Math.ceil(this.#dictionaryBytes * 1.5));
    const wanted = Math.max(SMALLEST_BUFFER, keep + bytes, roomy);
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
    if (index < 0) throw damaged('LZMA distance reaches before the start of the data');
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
