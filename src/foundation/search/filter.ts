import { alike, FOLDED, PAIRS, pairOf } from './folding.ts';

/**
 * The first look, which passes over nearly all of the input two bytes at a time, after the idea of Hyperscan's FDR. The texts are
 * in eight groups. For each pair of bytes the table says which groups allow it as their first, second, third and fourth pair: four
 * times eight bits. `((state << 8) | 0xff) & table[pair]` for pair after pair leaves one of the upper eight bits only where four pairs
 * in a row suit one group: there a text of that group may begin.
 *
 * A text can begin at an even or an odd byte. The lower four groups hold the texts that begin with a pair, the upper four hold them with any
 * byte before their first character. A group allows anything behind the end of its texts, and any mixture of their pairs: so each is
 * for texts of like length, and the short ones that let the most pass are parted once more.
 */
export function buildFilter(texts: readonly string[]): Int32Array {
  const table = new Int32Array(PAIRS);
  const anything = new Int32Array(1);
  const middle = middleOf(texts.filter((text) => text.length < LONG));
  for (const text of texts) {
    const codes = Array.from(text, (_, at) => text.charCodeAt(at));
    allow(table, anything, codes, 1 << evenGroup(text));
    allow(table, anything, [undefined, ...codes], 1 << (ODD_GROUPS + oddGroup(text, middle)));
  }
  const everywhere = anything[0] ?? 0;
  for (let pair = 0; pair < PAIRS; pair++) table[pair] = (table[pair] ?? 0) | everywhere;
  return table;
}

/** Pairs that are looked at together. */
export const DEPTH = 4;

/** The first of the groups whose texts begin with the second byte of their first pair. */
export const ODD_GROUPS = 4;

const LONG = 5;

/** These and the odd ones let the least pass of those that were tried on source code with 580 texts. */
function evenGroup({ length }: string): number {
  if (length < LONG) return 0;
  return length < 6 ? 1 : length < 8 ? 2 : 3;
}

function oddGroup(text: string, middle: string): number {
  if (text.length < LONG) return text.toLowerCase() < middle ? 0 : 1;
  return text.length < 7 ? 2 : 3;
}

function middleOf(texts: readonly string[]): string {
  const sorted = texts.map((text) => text.toLowerCase()).sort();
  return sorted[sorted.length >> 1] ?? '';
}

/** `codes`: undefined stands for any byte, as does what is beyond the end. */
function allow(table: Int32Array, anything: Int32Array, codes: readonly (number | undefined)[], group: number): void {
  for (let depth = 0; depth < DEPTH; depth++) {
    const bit = group << (depth * 8);
    const [first, second] = [codes[depth * 2], codes[depth * 2 + 1]];
    if (first === undefined && second === undefined) {
      anything[0] = (anything[0] ?? 0) | bit;
      continue;
    }
    for (const one of first === undefined ? ANY_BYTE : alike(first)) {
      for (const other of second === undefined ? ANY_BYTE : alike(second)) {
        const pair = pairOf(one, other);
        table[pair] = (table[pair] ?? 0) | bit;
      }
    }
  }
}

const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte);

/** The second look: whether a text begins with these characters, by their hash. */
export class Beginnings {
  readonly #ofThree = new Uint8Array(1 << HASH_BITS);
  readonly #ofFour = new Uint8Array(1 << HASH_BITS);

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const key = threeOf(text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2));
      if (text.length === 3) this.#ofThree[hashOf(key)] = 1;
      else this.#ofFour[hashOf(fourOf(key, text.charCodeAt(3)))] = 1;
    }
  }

  /** True where the first three bytes at `start` may be a text, or the first four may begin one. */
  allow(bytes: Uint8Array, start: number): boolean {
    const key = threeOf(bytes[start] ?? 0, bytes[start + 1] ?? 0, bytes[start + 2] ?? 0);
    return this.#ofThree[hashOf(key)] !== 0 || this.#ofFour[hashOf(fourOf(key, bytes[start + 3] ?? 0))] !== 0;
  }
}

const HASH_BITS = 14;

function threeOf(first: number, second: number, third: number): number {
  return (FOLDED[first] ?? 0) | ((FOLDED[second] ?? 0) << 8) | ((FOLDED[third] ?? 0) << 16);
}

function fourOf(three: number, fourth: number): number {
  return three | ((FOLDED[fourth] ?? 0) << 24);
}

function hashOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS);
}
