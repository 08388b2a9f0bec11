import type { OnHit } from './automaton.ts';
import type { ByteSearch } from './byte-search.ts';
import { CloseLook } from './close-look.ts';
import { pairOf } from './folding.ts';
import { buildFilter, DEPTH, ODD_GROUPS } from './pair-filter.ts';

/** The input is taken in pieces: V8 compiles well what is called often, so one large file must not be one call. */
const PIECE_PAIRS = 1 << 13;

/** For texts of any length: passes over the input two bytes at a time. */
export class PairSearch implements ByteSearch {
  readonly #filter: Int32Array;
  readonly #closeLook: CloseLook;
  /** Where texts may begin; a search within `onHit` gets one of its own. */
  #candidates: Int32Array | undefined;

  constructor(texts: readonly string[]) {
    this.#filter = buildFilter(texts);
    this.#closeLook = new CloseLook(texts);
  }

  find(bytes: Uint8Array, onHit: OnHit): void {
    if (bytes.length === 0) return;
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
      if ((groups & ((1 << ODD_GROUPS) - 1)) !== 0) covered = this.#closeLook.at(bytes, start, covered, onHit);
      if (groups >>> ODD_GROUPS !== 0) covered = this.#closeLook.at(bytes, start + 1, covered, onHit);
    }
    return covered;
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
