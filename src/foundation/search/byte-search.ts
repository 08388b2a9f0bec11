import type { OnHit } from './automaton.ts';

/** Looks for many texts at once. */
export interface ByteSearch {
  /**
   * Reports every occurrence of every text; those of one text in ascending order. Upper and lower case letters are alike. Takes time in
   * proportion to the number of bytes and of occurrences, whatever the bytes are.
   */
  find(bytes: Uint8Array, onHit: OnHit): void;
}
