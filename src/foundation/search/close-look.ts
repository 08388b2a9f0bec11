import { type Automaton, buildAutomaton, matchesFrom, type OnHit } from './automaton.ts';
import { FOLDED } from './folding.ts';

/** What follows a first look: whether a text really begins at a place, and which. The same for every way to come to such places. */
export class CloseLook {
  readonly #beginnings: Beginnings;
  readonly #automaton: Automaton;

  constructor(texts: readonly string[]) {
    this.#beginnings = new Beginnings(texts);
    this.#automaton = buildAutomaton(texts);
  }

  /**
   * Reports what begins at `start`, unless an earlier text went on over it: everything that begins before `covered` is reported. Returns
   * what `covered` is from now on. Places must come in ascending order.
   */
  at(bytes: Uint8Array, start: number, covered: number, onHit: OnHit): number {
    if (start < covered || start + 2 >= bytes.length || !this.#beginnings.allow(bytes, start)) return covered;
    return matchesFrom(this.#automaton, bytes, start, onHit);
  }
}

/** Whether a text begins with these characters, by their hash. */
class Beginnings {
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
