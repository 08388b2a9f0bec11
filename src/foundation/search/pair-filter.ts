import { alike, PAIRS, pairOf } from './folding.ts';

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
  const allowed: Allowed = {
    pairs: [],
    firsts: new Int32Array(256),
    seconds: new Int32Array(256),
    anything: 0,
  };
  const middle = middleOf(texts.filter((text) => text.length < LONG));
  for (const text of texts) {
    const codes = Array.from(text, (_, at) => text.charCodeAt(at));
    allow(allowed, codes, 1 << evenGroup(text));
    allow(allowed, [undefined, ...codes], 1 << (ODD_GROUPS + oddGroup(text, middle)));
  }
  return tableOf(allowed);
}

/** Groups and depths, as in the table, by what they allow. */
interface Allowed {
  /** Pair and mask in turn. */
  readonly pairs: number[];
  /** By first byte, whatever the second is. */
  readonly firsts: Int32Array;
  /** By second byte, whatever the first is. */
  readonly seconds: Int32Array;
  anything: number;
}

/** Goes only where there is something to add, as a whole round takes longer than all else while the code is new. */
function tableOf({ pairs, firsts, seconds, anything }: Allowed): Int32Array {
  const table = new Int32Array(PAIRS).fill(anything);
  for (let at = 0; at < pairs.length; at += 2) add(table, pairs[at] ?? 0, pairs[at + 1] ?? 0);
  for (let byte = 0; byte < 256; byte++) {
    const [asFirst, asSecond] = [firsts[byte] ?? 0, seconds[byte] ?? 0];
    for (let other = 0; asFirst !== 0 && other < 256; other++) add(table, pairOf(byte, other), asFirst);
    for (let other = 0; asSecond !== 0 && other < 256; other++) add(table, pairOf(other, byte), asSecond);
  }
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
function allow(allowed: Allowed, codes: readonly (number | undefined)[], group: number): void {
  for (let depth = 0; depth < DEPTH; depth++) {
    const bit = group << (depth * 8);
    const [first, second] = [codes[depth * 2], codes[depth * 2 + 1]];
    if (first === undefined && second === undefined) allowed.anything |= bit;
    else if (first === undefined) addAlike(allowed.seconds, second ?? 0, bit);
    else if (second === undefined) addAlike(allowed.firsts, first, bit);
    else for (const one of alike(first)) for (const other of alike(second)) allowed.pairs.push(pairOf(one, other), bit);
  }
}

function addAlike(to: Int32Array, byte: number, bit: number): void {
  for (const one of alike(byte)) add(to, one, bit);
}

function add(to: Int32Array, index: number, bit: number): void {
  to[index] = (to[index] ?? 0) | bit;
}
