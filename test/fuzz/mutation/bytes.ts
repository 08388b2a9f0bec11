import type { Random } from './random.ts';

/** Where sign, width and page limits of formats lie. */
const INTERESTING: readonly [number, ...number[]] = [
  0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 100, 127, 128, 255, 256, 511, 512, 1000, 1024, 4095, 4096, 0x7fff,
  0x8000, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

export type ByteOrder = 'little-endian' | 'big-endian';

type Change = (bytes: Buffer, random: Random, order: ByteOrder) => Buffer;

/** One random change. The result may share memory with `bytes`, which the caller must own. */
export function mutateBytes(bytes: Buffer, other: Uint8Array, random: Random, order: ByteOrder): Buffer {
  if (random.oneIn(12)) return splice(bytes, other, random);
  return random.pick(changes)(bytes, random, order);
}

const changes: readonly [Change, ...Change[]] = [
  flipBit,
  flipBit,
  setByte,
  setByte,
  setInteger,
  setInteger,
  addToInteger,
  addToInteger,
  lieAboutLength,
  deleteChunk,
  duplicateChunk,
  swapChunks,
  insertChunk,
  fillChunk,
  copyChunk,
  truncate,
];

function flipBit(bytes: Buffer, random: Random): Buffer {
  const at = position(bytes, random);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

function setByte(bytes: Buffer, random: Random): Buffer {
  bytes[position(bytes, random)] = random.pick([0, 1, 0x7f, 0x80, 0xff, 0x20, 0x2f, random.byte(), random.byte()]);
  return bytes;
}

function setInteger(bytes: Buffer, random: Random, order: ByteOrder): Buffer {
  const width = random.pick([1, 2, 4, 4, 8]);
  return writeInteger(bytes, place(bytes, width, random), width, random.pick(INTERESTING), order);
}

function addToInteger(bytes: Buffer, random: Random, order: ByteOrder): Buffer {
  const width = random.pick([1, 2, 4]);
  const at = place(bytes, width, random);
  if (at + width > bytes.length) return bytes;
  const value = order === 'big-endian' ? bytes.readUIntBE(at, width) : bytes.readUIntLE(at, width);
  return writeInteger(bytes, at, width, value + random.pick([-1, 1, -2, 2, random.below(64) - 32]), order);
}

/** Sizes, counts and offsets that are off by a little, or as large as the whole input. */
function lieAboutLength(bytes: Buffer, random: Random, order: ByteOrder): Buffer {
  const width = random.pick([2, 4, 8]);
  const { length } = bytes;
  const lie = random.pick([length, length - 1, length + 1, length * 2, length >>> 1, random.below(length)]);
  return writeInteger(bytes, place(bytes, width, random), width, lie, order);
}

function deleteChunk(bytes: Buffer, random: Random): Buffer {
  const [start, end] = chunk(bytes, random);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function duplicateChunk(bytes: Buffer, random: Random): Buffer {
  const [start, end] = chunk(bytes, random);
  return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
}

function swapChunks(bytes: Buffer, random: Random): Buffer {
  const [start, end] = chunk(bytes, random);
  const length = Math.min(end - start, bytes.length - end);
  if (length < 1) return bytes;
  const first = Buffer.from(bytes.subarray(start, start + length));
  const target = end + random.below(bytes.length - end - length + 1);
  bytes.copy(bytes, start, target, target + length);
  first.copy(bytes, target);
  return bytes;
}

function insertChunk(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length + 1);
  const extra = Buffer.from(Array.from({ length: random.length(600) }, () => (random.oneIn(2) ? 0 : random.byte())));
  return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]);
}

function fillChunk(bytes: Buffer, random: Random): Buffer {
  const [start, end] = chunk(bytes, random);
  return bytes.fill(random.pick([0, 0xff, 0x20, random.byte()]), start, end);
}

function copyChunk(bytes: Buffer, random: Random): Buffer {
  const [start, end] = chunk(bytes, random);
  bytes.copy(bytes, position(bytes, random), start, end);
  return bytes;
}

function truncate(bytes: Buffer, random: Random): Buffer {
  const end = random.oneIn(2) ? random.below(bytes.length + 1) : bytes.length - random.length(bytes.length);
  return bytes.subarray(0, Math.max(0, end));
}

function splice(bytes: Buffer, other: Uint8Array, random: Random): Buffer {
  return Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length))]);
}

/** Anywhere, but often at the beginning, where headers are. */
function position(bytes: Buffer, random: Random): number {
  return random.below(random.oneIn(3) ? Math.min(bytes.length, 128) : bytes.length);
}

/** The place of an integer: aligned as most formats have it, more often than not. */
function place(bytes: Buffer, width: number, random: Random): number {
  const at = position(bytes, random);
  return random.oneIn(3) ? at : at - (at % width);
}

function chunk(bytes: Buffer, random: Random): [start: number, end: number] {
  // Blocks and pages as a whole now and then: an archive's entry, a database's page.
  const unit = random.pick([1, 1, 1, 16, 512, 4096]);
  const start = Math.min(bytes.length, Math.floor(position(bytes, random) / unit) * unit);
  return [start, Math.min(bytes.length, start + (unit === 1 ? random.length(bytes.length) : unit))];
}

function writeInteger(bytes: Buffer, at: number, width: number, value: number, order: ByteOrder): Buffer {
  if (at + width > bytes.length) return bytes;
  const whole = BigInt.asUintN(width * 8, BigInt(value));
  for (let index = 0; index < width; index++) {
    const shift = BigInt(8 * (order === 'big-endian' ? width - 1 - index : index));
    bytes[at + index] = Number((whole >> shift) & 0xffn);
  }
  return bytes;
}
