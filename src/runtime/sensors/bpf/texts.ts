const SLOTS = 1 << 14;
const MAX_BYTES = 256;

/**
 * Texts by their bytes. The same paths and names come again and again; giving back the text that was made before costs no memory
 * and lets those who come later compare it by identity. A slot holds the text that came last, so the size is bounded.
 */
export class TextCache {
  readonly #texts: (string | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #bytes = Buffer.alloc(SLOTS * MAX_BYTES);
  readonly #lengths = new Uint16Array(SLOTS);

  read(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length <= 0) return '';
    if (length > MAX_BYTES) return bytes.toString('utf8', start, end);
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#texts[slot];
    if (known !== undefined && this.#lengths[slot] === length && this.#isSame(slot, bytes, start, length)) return known;
    const text = bytes.toString('utf8', start, end);
    this.#texts[slot] = text;
    this.#lengths[slot] = length;
    bytes.copy(this.#bytes, slot * MAX_BYTES, start, end);
    return text;
  }

  #isSame(slot: number, bytes: Buffer, start: number, length: number): boolean {
    const at = slot * MAX_BYTES;
    for (let i = 0; i < length; i++) if (this.#bytes[at + i] !== bytes[start + i]) return false;
    return true;
  }
}
