import type { OnHit } from './automaton.ts';
import type { ByteSearch } from './byte-search.ts';
import { CloseLook } from './close-look.ts';
import { isLittleEndian } from './folding.ts';

/** A text at least this long covers a whole aligned word wherever it lies; one of a byte less all but a byte of one. */
export const WHOLE_WORD = 7;

const WORD = 4;
const TABLE_BITS = 16;
/** The input is taken in pieces: V8 compiles well what is called often, so one large file must not be one call. */
const PIECE_WORDS = 1 << 12;

/**
 * For texts of at least six bytes: looks at aligned words of four bytes only. Each text lies over such a word in one of four ways, and
 * the table says by the word's hash which of them there are: bit n for a text that begins n bytes before the word.
 */
export class WordSearch implements ByteSearch {
  readonly #table = new Uint8Array(1 << TABLE_BITS);
  readonly #closeLook: CloseLook;

  constructor(texts: readonly string[]) {
    for (const text of texts) for (let before = 0; before < WORD; before++) this.#allow(text, before);
    this.#closeLook = new CloseLook(texts);
  }

  find(bytes: Uint8Array, onHit: OnHit): void {
    const origin = -bytes.byteOffset & (WORD - 1);
    const count = (bytes.length - origin) >> 2;
    if (count <= 0) return;
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + origin, count);
    let covered = 0;
    for (let piece = 0; piece < count; piece += PIECE_WORDS) {
      const end = Math.min(count, piece + PIECE_WORDS);
      for (let at = nextCandidate(this.#table, words, piece, end); at < end; ) {
        const ways = this.#table[slotOf(words[at] ?? 0)] ?? 0;
        const place = origin + at * WORD;
        for (let before = WORD - 1; before >= 0; before--) {
          if ((ways & (1 << before)) !== 0 && place >= before)
            covered = this.#closeLook.at(bytes, place - before, covered, onHit);
        }
        at = nextCandidate(this.#table, words, at + 1, end);
      }
    }
  }

  /** One byte of the word may be beyond the end of the text, and is then anything. */
  #allow(text: string, before: number): void {
    const codes = Array.from({ length: WORD }, (_, index) => text.charCodeAt(before + index));
    const last = codes[WORD - 1] ?? Number.NaN;
    const ends = Number.isNaN(last) ? Array.from({ length: 256 }, (_, byte) => byte) : [last];
    for (const end of ends) {
      const slot = slotOf(wordOf([...codes.slice(0, WORD - 1), end]));
      this.#table[slot] = (this.#table[slot] ?? 0) | (1 << before);
    }
  }
}

/** The hot loop: the first word from `from` on that a text may lie over; `to` when there is none. */
function nextCandidate(table: Uint8Array, words: Int32Array, from: number, to: number): number {
  let at = from;
  while (at < to && (table[slotOf(words[at] ?? 0)] ?? 0) === 0) at++;
  return at;
}

/** Letters of both cases become the same; so do some other bytes, which the close look tells apart. */
const CASELESS = 0x20202020;

function slotOf(word: number): number {
  return Math.imul(word | CASELESS, 0x9e3779b1) >>> (32 - TABLE_BITS);
}

function wordOf(codes: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = isLittleEndian ? codes : codes.toReversed();
  return a | (b << 8) | (c << 16) | (d << 24);
}
