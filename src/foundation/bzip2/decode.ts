import type { SyncByteStream } from '../bytes/byte-stream.ts';
import { BitReader } from './bits.ts';
import { readBlock } from './block.ts';
import { blockChecksum } from './checksum.ts';
import { damaged } from './damaged.ts';
import { textOf } from './text.ts';

interface Bzip2Limits {
  readonly maxOutputBytes: number;
}

const BLOCK = [0x3141_59, 0x2653_59] as const;
const END = [0x1772_45, 0x3850_90] as const;
const LEVEL_BYTES = 100_000;

export function isBzip2(start: Uint8Array): boolean {
  return start[0] === 0x42 && start[1] === 0x5a && start[2] === 0x68;
}

/**
 * The content of a whole .bz2 file that is in memory, one block at a time, every checksum compared; several streams one after
 * the other are one content, as parallel compressors write them. Throws `DamagedInput`.
 *
 * There is no specification but the program: https://sourceware.org/bzip2/
 */
export function bzip2Stream(input: Uint8Array, limits: Bzip2Limits): SyncByteStream {
  const chunks = decodeStreams(new BitReader(input), limits.maxOutputBytes);
  return {
    read() {
      let step = chunks.next();
      while (step.done !== true && step.value.length === 0) step = chunks.next();
      return step.done === true ? undefined : step.value;
    },
    close: () => void chunks.return(undefined),
  };
}

function* decodeStreams(bits: BitReader, maxBytes: number): Generator<Uint8Array, undefined> {
  let left = maxBytes;
  do {
    const blockBytes = readHeader(bits);
    let combined = 0;
    while (readMark(bits) === 'block') {
      const checksum = bits.word();
      const text = textOf(readBlock(bits, blockBytes), left);
      if (blockChecksum(text) !== checksum) throw damaged('a checksum is wrong');
      combined = (((combined << 1) | (combined >>> 31)) ^ checksum) >>> 0;
      left -= text.length;
      yield text;
    }
    if (bits.word() !== combined) throw damaged('the checksum is wrong');
  } while (!bits.alignToEnd());
  return undefined;
}

function readHeader(bits: BitReader): number {
  const isStream = bits.bits(8) === 0x42 && bits.bits(8) === 0x5a && bits.bits(8) === 0x68;
  const level = isStream ? bits.bits(8) - 0x30 : 0;
  if (level < 1 || level > 9) throw damaged('it is none');
  return level * LEVEL_BYTES;
}

function readMark(bits: BitReader): 'block' | 'end' {
  const first = bits.bits(24);
  const second = bits.bits(24);
  if (first === BLOCK[0] && second === BLOCK[1]) return 'block';
  if (first === END[0] && second === END[1]) return 'end';
  throw damaged('it is damaged between two blocks');
}
