import { alike, PAIRS, pairOf } from './folding.ts';

/**
 * The first look, which passes over nearly all of the input two bytes at a time, after the idea of Hyperscan's FDR. The texts are
 * in eight groups. For each pair of bytes the table says which groups allow it as their first, second, third and fourth pair: four
 * times eight bits. `((state << 8) | 0xff) & table[pair]` for pair after pair leaves one of the upper eight bits only where four pairs
 * in a row suit one group: there a text of that group may begin.
 *
 * A text can begin at an even or an odd byte. The lower four groups hold the texts as they are, the upper four hold them without
 * their first character. A group allows anything behind the end of its texts, so each is for texts of one number of pairs.
 */
export function buildFilter(texts: readonly string[]): Int32Array {
  const table = new Int32Array(PAIRS);
  const anything = new Int32Array(1);
  for (const text of texts) {
    const group = 1 << (Math.min(4, text.length >> 1) - 1);
    allow(table, anything, text, group);
    allow(table, anything, text.slice(1), group << ODD_GROUPS);
  }
  const everywhere = anything[0] ?? 0;
  for (let pair = 0; pair < PAIRS; pair++) table[pair] = (table[pair] ?? 0) | everywhere;
  return table;
}

/** Pairs that are looked at together. */
export const DEPTH = 4;

/** The first of the groups whose texts begin one byte before their first pair. */
export const ODD_GROUPS = 4;

function allow(table: Int32Array, anything: Int32Array, text: string, group: number): void {
  for (let depth = 0; depth < DEPTH; depth++) {
    const bit = group << (depth * 8);
    const at = depth * 2;
    if (at >= text.length) {
      anything[0] = (anything[0] ?? 0) | bit;
      continue;
    }
    const seconds = at + 1 < text.length ? alike(text.charCodeAt(at + 1)) : ANY_BYTE;
    for (const first of alike(text.charCodeAt(at))) {
      for (const second of seconds) {
        const pair = pairOf(first, second);
        table[pair] = (table[pair] ?? 0) | bit;
      }
    }
  }
}

const ANY_BYTE = Array.from({ length: 256 }, (_, byte) => byte);
