import { damaged } from './damaged.ts';
import { RangeDecoder } from './range-decoder.ts';
import type { OutputWindow } from './window.ts';

/**
 * The LZMA symbol decoder as LZMA2 uses it: the coder's probabilities live on from chunk to chunk.
 * Format: https://tukaani.org/xz/xz-file-format.txt for the container, the LZMA specification of the LZMA SDK for this.
 */

const STATES = 12;
const POSITION_STATES = 16;
const LITERAL_SIZE = 0x300;
const MAX_LITERAL_BITS = 4;
const MATCH_MIN_LENGTH = 2;
const FIRST_MODELLED_SLOT = 4;
const FIRST_DIRECT_SLOT = 14;
const ALIGN_BITS = 4;
const HALF_PROBABILITY = 1024;
const END_MARKER_DISTANCE = 0xffffffff;

/** All probabilities lie in one array; these are the places where each model starts. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + STATES * POSITION_STATES;
const IS_REP0 = IS_REP + STATES;
const IS_REP1 = IS_REP0 + STATES;
const IS_REP2 = IS_REP1 + STATES;
const IS_REP0_LONG = IS_REP2 + STATES;
const DISTANCE_SLOT = IS_REP0_LONG + STATES * POSITION_STATES;
const DISTANCE_SPECIAL = DISTANCE_SLOT + 4 * 64;
const DISTANCE_ALIGN = DISTANCE_SPECIAL + 128;
const MATCH_LENGTH = DISTANCE_ALIGN + (1 << ALIGN_BITS);
const LENGTH_CHOICE2 = 1;
const LENGTH_LOW = 2;
const LENGTH_MID = LENGTH_LOW + POSITION_STATES * 8;
const LENGTH_HIGH = LENGTH_MID + POSITION_STATES * 8;
const LENGTH_SIZE = LENGTH_HIGH + 256;
const REP_LENGTH = MATCH_LENGTH + LENGTH_SIZE;
const LITERAL = REP_LENGTH + LENGTH_SIZE;
const TOTAL = LITERAL + (LITERAL_SIZE << MAX_LITERAL_BITS);

/** The state after a literal, by the state before it. */
const AFTER_LITERAL = Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 4, 5);

export class LzmaDecoder {
  readonly #range = new RangeDecoder();
  readonly #probabilities = new Uint16Array(TOTAL);
  readonly #window: OutputWindow;
  #literalContextBits = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;

  constructor(window: OutputWindow) {
    this.#window = window;
  }

  /** Takes LZMA2's properties byte `(pb * 5 + lp) * 9 + lc`. */
  setProperties(byte: number): void {
    const lc = byte % 9;
    const rest = Math.floor(byte / 9);
    const lp = rest % 5;
    const pb = Math.floor(rest / 5);
    if (pb > 4 || lc + lp > MAX_LITERAL_BITS) throw damaged('bad LZMA properties');
    this.#literalContextBits = lc;
    this.#literalPositionMask = (1 << lp) - 1;
    this.#positionMask = (1 << pb) - 1;
  }

  resetState(): void {
    this.#probabilities.fill(HALF_PROBABILITY);
    this.#state = 0;
    this.#rep0 = 0;
    this.#rep1 = 0;
    this.#rep2 = 0;
    this.#rep3 = 0;
  }

  /** Decodes one chunk: exactly `input` in, exactly `outputBytes` out (room for them is already made in the window). */
  decodeChunk(input: Uint8Array, outputBytes: number): void {
    const range = this.#range;
    const window = this.#window;
    range.start(input);
    const end = window.end + outputBytes;
    while (window.end < end) {
      const positionState = window.position & this.#positionMask;
      const isMatch = range.bit(this.#probabilities, IS_MATCH + this.#state * POSITION_STATES + positionState);
      if (isMatch === 0) this.#literal();
      else this.#copy(positionState, end);
    }
    if (!range.finished()) throw damaged('LZMA chunk does not end where it says');
  }

  #literal(): void {
    const window = this.#window;
    const previous = window.position === 0 ? 0 : window.back(0);
    const context =
      ((window.position & this.#literalPositionMask) << this.#literalContextBits) +
      (previous >>> (8 - this.#literalContextBits));
    const base = LITERAL + LITERAL_SIZE * context;
    const byte =
      this.#state < 7
        ? this.#range.tree(this.#probabilities, base, 8)
        : this.#range.matchedLiteral(this.#probabilities, base, window.back(this.#rep0));
    window.push(byte);
    this.#state = AFTER_LITERAL[this.#state] as number;
  }

  #copy(positionState: number, end: number): void {
    const window = this.#window;
    const isRep = this.#range.bit(this.#probabilities, IS_REP + this.#state);
    const length = isRep === 0 ? this.#newMatch(positionState) : this.#repeatedMatch(positionState);
    if (this.#rep0 >= window.available) throw damaged('LZMA distance reaches before the start of the data');
    if (length > end - window.end) throw damaged('LZMA match crosses the end of its chunk');
    window.repeat(this.#rep0, length);
  }

  #newMatch(positionState: number): number {
    this.#rep3 = this.#rep2;
    this.#rep2 = this.#rep1;
    this.#rep1 = this.#rep0;
    const length = this.#length(MATCH_LENGTH, positionState);
    this.#state = this.#state < 7 ? 7 : 10;
    this.#rep0 = this.#distance(length);
    // LZMA2 has sizes for everything and forbids the end marker.
    if (this.#rep0 === END_MARKER_DISTANCE) throw damaged('LZMA end marker inside LZMA2');
    return length;
  }

  /** Length of a match at one of the four last distances, which moves to the front; 1 for a single repeated byte. */
  #repeatedMatch(positionState: number): number {
    const range = this.#range;
    const probabilities = this.#probabilities;
    const state = this.#state;
    if (range.bit(probabilities, IS_REP0 + state) === 0) {
      if (range.bit(probabilities, IS_REP0_LONG + state * POSITION_STATES + positionState) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else {
      this.#bringDistanceToFront();
    }
    this.#state = state < 7 ? 8 : 11;
    return this.#length(REP_LENGTH, positionState);
  }

  #bringDistanceToFront(): void {
    const range = this.#range;
    let distance = this.#rep1;
    if (range.bit(this.#probabilities, IS_REP1 + this.#state) !== 0) {
      distance = this.#rep2;
      if (range.bit(this.#probabilities, IS_REP2 + this.#state) !== 0) {
        distance = this.#rep3;
        this.#rep3 = this.#rep2;
      }
      this.#rep2 = this.#rep1;
    }
    this.#rep1 = this.#rep0;
    this.#rep0 = distance;
  }

  #length(model: number, positionState: number): number {
    const range = this.#range;
    const probabilities = this.#probabilities;
    if (range.bit(probabilities, model) === 0) {
      return MATCH_MIN_LENGTH + range.tree(probabilities, model + LENGTH_LOW + positionState * 8, 3);
    }
    if (range.bit(probabilities, model + LENGTH_CHOICE2) === 0) {
      return MATCH_MIN_LENGTH + 8 + range.tree(probabilities, model + LENGTH_MID + positionState * 8, 3);
    }
    return MATCH_MIN_LENGTH + 16 + range.tree(probabilities, model + LENGTH_HIGH, 8);
  }

  /** Distance minus one; below 2^32. */
  #distance(length: number): number {
    const range = this.#range;
    const lengthState = Math.min(length - MATCH_MIN_LENGTH, 3);
    const slot = range.tree(this.#probabilities, DISTANCE_SLOT + lengthState * 64, 6);
    if (slot < FIRST_MODELLED_SLOT) return slot;
    const footerBits = (slot >>> 1) - 1;
    const base = ((2 | (slot & 1)) << footerBits) >>> 0;
    if (slot < FIRST_DIRECT_SLOT) {
      return base + range.reverseTree(this.#probabilities, DISTANCE_SPECIAL + base - slot, footerBits);
    }
    const direct = range.directBits(footerBits - ALIGN_BITS) * (1 << ALIGN_BITS);
    return base + direct + range.reverseTree(this.#probabilities, DISTANCE_ALIGN, ALIGN_BITS);
  }
}
