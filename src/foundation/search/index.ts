import { type Automaton, buildAutomaton, matchesFrom, type OnHit } from './automaton.ts';
import { Beginnings, buildFilter, DEPTH, ODD_GROUPS } from './filter.ts';
import { pairOf } from './folding.ts';

/** Looks for many texts at once. */
export interface ByteSearch {
  /**
   * Reports every occurrence of every text, in order of where they end. Upper and lower case letters are alike. Takes time in
   * proportion to the number of bytes and of occurrences, whatever the bytes are.
   */
  find(bytes: Uint8Array, onHit: OnHit): void;
}

const SHORTEST = 3;

/** `texts`: ASCII, 3 to 255 characters each; anything else is a bug of the caller and throws. */
export function compileSearch(texts: readonly string[]): ByteSearch {
  const unfit = texts.find((text) => !/^[\0-\x7f]{3,255}$/.test(text));
  if (unfit !== undefined) throw new RangeError(`not 3 to 255 ASCII characters: ${JSON.stringify(unfit)}`);
  return texts.length === 0 ? { find: () => undefined } : new FilteredSearch(texts);
}

/** The input is taken in pieces: V8 compiles well what is called often, so one large file must not be one call. */
const PIECE_PAIRS = 1 << 13;

class FilteredSearch implements ByteSearch {
  readonly #filter: Int32Array;
  readonly #beginnings: Beginnings;
  readonly #automaton: Automaton;
  /** Where texts may begin; a search within `onHit` gets one of its own. */
  #candidates: Int32Array | undefined;

  constructor(texts: readonly string[]) {
    this.#filter = buildFilter(texts);
    this.#beginnings = new Beginnings(texts);
    this.#automaton = buildAutomaton(texts);
  }

  find(bytes: Uint8Array, onHit: OnHit): void {
    if (bytes.length < SHORTEST) return;
    const candidates = this.#candidates ?? new Int32Array(PIECE_PAIRS);
    this.#candidates = undefined;
    // Pairs lie at even addresses: a byte before the first of them is taken as the second half of one.
    const origin = bytes.byteOffset & 1;
    const count = (bytes.length - origin) >> 1;
    const end = origin + count * 2;
    const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + origin, count);
    const run = new Int32Array(1);
    run[0] = origin === 0 ? 0 : (this.#filter[pairOf(0, bytes[0] ?? 0)] ?? 0) & 0xff;
    let covered = 0;
    const look = (view: Uint16Array, from: number, to: number, base: number) => {
      const found = sift(this.#filter, view, from, to, run, candidates);
      covered = this.#confirm(bytes, base, candidates, found, covered, onHit);
    };
    for (let from = 0; from < count; from += PIECE_PAIRS)
      look(pairs, from, Math.min(count, from + PIECE_PAIRS), origin + from * 2);
    // Texts that end with the input: its last byte when that is not in a pair, then nothing.
    look(Uint16Array.of(end < bytes.length ? pairOf(bytes[end] ?? 0, 0) : 0, 0, 0, 0), 0, DEPTH, end);
    this.#candidates = candidates;
  }

  /** Looks closely at what passed, unless an earlier text went on over it. Returns up to where everything is reported. */
  #confirm(
    bytes: Uint8Array,
    origin: number,
    candidates: Int32Array,
    found: number,
    before: number,
    onHit: OnHit,
  ): number {
    let covered = before;
    for (let index = 0; index < found; index++) {
      const candidate = candidates[index] ?? 0;
      const groups = candidate & 0xff;
      const start = origin + ((candidate >>> 8) - DEPTH + 1) * 2;
      if ((groups & ((1 << ODD_GROUPS) - 1)) !== 0) covered = this.#lookAt(bytes, start, covered, onHit);
      if (groups >>> ODD_GROUPS !== 0) covered = this.#lookAt(bytes, start + 1, covered, onHit);
    }
    return covered;
  }

  #lookAt(bytes: Uint8Array, start: number, covered: number, onHit: OnHit): number {
    if (start < covered || start + 2 >= bytes.length || !this.#beginnings.allow(bytes, start)) return covered;
    return matchesFrom(this.#automaton, bytes, start, onHit);
  }
}

/**
 * The hot loop. Writes what passes to `candidates`: the last pair of each run that suits a group, counted from `from`, times 256, and the
 * groups. Two pairs a turn, as the test of the outcome costs more than the look-up.
 */
function sift(
  filter: Int32Array,
  pairs: Uint16Array,
  from: number,
  to: number,
  run: Int32Array,
  candidates: Int32Array,
): number {
  let found = 0;
  let second = run[0] ?? 0;
  let at = from;
  for (; at + 1 < to; at += 2) {
    const first = ((second << 8) | 0xff) & (filter[pairs[at] ?? 0] ?? 0);
    second = ((first << 8) | 0xff) & (filter[pairs[at + 1] ?? 0] ?? 0);
    if ((first | second) >>> 24 === 0) continue;
    if (first >>> 24 !== 0) candidates[found++] = ((at - from) << 8) | (first >>> 24);
    if (second >>> 24 !== 0) candidates[found++] = ((at + 1 - from) << 8) | (second >>> 24);
  }
  if (at < to) {
    second = ((second << 8) | 0xff) & (filter[pairs[at] ?? 0] ?? 0);
    if (second >>> 24 !== 0) candidates[found++] = ((at - from) << 8) | (second >>> 24);
  }
  run[0] = second;
  return found;
}
