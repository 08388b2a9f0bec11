import type { BitReader } from './bits.ts';
import { damaged } from './damaged.ts';
import { type HuffmanTable, readTable } from './huffman.ts';

const RUN_A = 0;
const RUN_B = 1;
const GROUP_SYMBOLS = 50;
const MAX_SELECTORS = 18_002;

/** A block after its Huffman codes: bytes in the order of the Burrows-Wheeler transform, and where the text starts. */
export interface Block {
  readonly bytes: Uint8Array;
  readonly origin: number;
}

/** Reads a block behind its checksum. `maxBytes` is what the stream's header allows: 100,000 times 1 to 9. */
export function readBlock(bits: BitReader, maxBytes: number): Block {
  if (bits.bit() === 1) throw damaged('it is randomised, as only the oldest programs wrote it');
  const origin = bits.bits(24);
  const alphabet = readAlphabet(bits);
  const tables = readTables(bits, alphabet.length + 2);
  const bytes = readSymbols(bits, tables, alphabet, maxBytes);
  if (origin >= bytes.length) throw damaged('a block starts outside of itself');
  return { bytes, origin };
}

/** Two levels of bits say which byte values occur. */
function readAlphabet(bits: BitReader): Uint8Array {
  const groups = bits.bits(16);
  const values: number[] = [];
  for (let group = 0; group < 16; group += 1) {
    if ((groups & (0x8000 >> group)) === 0) continue;
    const members = bits.bits(16);
    for (let member = 0; member < 16; member += 1) if (members & (0x8000 >> member)) values.push(group * 16 + member);
  }
  if (values.length === 0) throw damaged('a block holds no byte');
  return Uint8Array.from(values);
}

interface Tables {
  readonly tables: readonly HuffmanTable[];
  /** Which table each group of fifty symbols is written with. */
  readonly selectors: Uint8Array;
}

function readTables(bits: BitReader, symbols: number): Tables {
  const count = bits.bits(3);
  const groups = bits.bits(15);
  if (count < 2 || count > 6 || groups < 1) throw damaged('a block has impossible tables');
  const recent = [0, 1, 2, 3, 4, 5].slice(0, count);
  // More selectors than a block can need are read and passed over, as the reference program does.
  const selectors = new Uint8Array(Math.min(groups, MAX_SELECTORS));
  for (let group = 0; group < groups; group += 1) {
    let place = 0;
    while (bits.bit() === 1) {
      place += 1;
      if (place >= count) throw damaged('a block names a table that it has not');
    }
    const [table = 0] = recent.splice(place, 1);
    recent.unshift(table);
    if (group < selectors.length) selectors[group] = table;
  }
  return { tables: Array.from({ length: count }, () => readTable(bits, symbols)), selectors };
}

/** Undoes Huffman, run lengths of the most recent byte, and move-to-front. */
function readSymbols(
  bits: BitReader,
  { tables, selectors }: Tables,
  alphabet: Uint8Array,
  maxBytes: number,
): Uint8Array {
  const bytes = new Uint8Array(maxBytes);
  const recent = alphabet.slice();
  const end = alphabet.length + 1;
  let length = 0;
  let run = 0;
  let runPlace = 1;
  let group = 0;
  let left = 0;
  let table: HuffmanTable | undefined;
  for (;;) {
    if (left === 0) {
      table = tables[selectors[group] ?? 0];
      if (group >= selectors.length || table === undefined) throw damaged('a block has no end');
      group += 1;
      left = GROUP_SYMBOLS;
    }
    left -= 1;
    const symbol = table?.read(bits) ?? end;
    if (symbol === RUN_A || symbol === RUN_B) {
      run += runPlace << symbol;
      runPlace <<= 1;
      if (run > maxBytes) throw damaged('a block is longer than it may be');
      continue;
    }
    if (length + run > maxBytes) throw damaged('a block is longer than it may be');
    bytes.fill(recent[0] ?? 0, length, length + run);
    length += run;
    run = 0;
    runPlace = 1;
    if (symbol === end) return bytes.subarray(0, length);
    if (length === maxBytes) throw damaged('a block is longer than it may be');
    const value = recent[symbol - 1] ?? 0;
    recent.copyWithin(1, 0, symbol - 1);
    recent[0] = value;
    bytes[length++] = value;
  }
}
