import { crc32 } from 'node:zlib';
import type { SyncByteStream } from '../bytes/byte-stream.ts';
import { checkBytes, createBlockCheck } from './check.ts';
import { damaged } from './damaged.ts';
import { createFilter, type OutputFilter } from './filters.ts';
import { type Cursor, decodeLzma2 } from './lzma2.ts';

/** Bounds for a file that may come from anywhere. */
export interface XzLimits {
  readonly maxOutputBytes: number;
  /** Largest dictionary that is followed; `xz -9` writes 64 MiB, which is the default here. */
  readonly maxDictionaryBytes?: number;
}

const MAGIC = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00);
const FOOTER_MAGIC = Uint8Array.of(0x59, 0x5a);
const STREAM_HEADER_BYTES = 12;
const DEFAULT_DICTIONARY_BYTES = 64 << 20;
const FILTER_LZMA2 = 0x21;

/**
 * The content of a whole .xz file that is in memory: streams, padding, blocks, every integrity check, index and footer, as
 * https://tukaani.org/xz/xz-file-format.txt has them; filters LZMA2, delta and x86. Throws `DamagedInput`.
 *
 * What was read before the end is not proven yet: the checks stand behind the data.
 */
export function xzStream(input: Uint8Array, limits: XzLimits): SyncByteStream {
  const chunks = decodeStreams(input, limits);
  return {
    read() {
      let step = chunks.next();
      // An empty chunk would look like the end to some readers.
      while (step.done !== true && step.value.length === 0) step = chunks.next();
      return step.done === true ? undefined : step.value;
    },
    close: () => void chunks.return(undefined),
  };
}

/** How much output is still allowed; shared by all blocks of all streams. */
interface Budget {
  left: number;
  readonly maxDictionaryBytes: number;
}

function* decodeStreams(input: Uint8Array, limits: XzLimits): Generator<Uint8Array> {
  const budget = {
    left: limits.maxOutputBytes,
    maxDictionaryBytes: limits.maxDictionaryBytes ?? DEFAULT_DICTIONARY_BYTES,
  };
  let position = yield* decodeStream(input, 0, budget);
  while (position < input.length) {
    if (input[position] === 0) {
      if (readUint32(input, position) !== 0) throw damaged('bad padding between streams');
      position += 4;
    } else {
      position = yield* decodeStream(input, position, budget);
    }
  }
}

interface BlockSizes {
  readonly unpadded: number;
  readonly uncompressed: number;
}

function* decodeStream(input: Uint8Array, start: number, budget: Budget): Generator<Uint8Array, number> {
  const checkType = readStreamHeader(input, start);
  const blocks: BlockSizes[] = [];
  let position = start + STREAM_HEADER_BYTES;
  while (byteAt(input, position) !== 0) {
    const size = yield* decodeBlock(input, position, checkType, budget);
    blocks.push(size);
    position += roundUp4(size.unpadded);
  }
  const indexEnd = verifyIndex(input, position, blocks);
  verifyFooter(input, indexEnd, checkType, indexEnd - position);
  return indexEnd + STREAM_HEADER_BYTES;
}

function readStreamHeader(input: Uint8Array, start: number): number {
  if (!startsWith(input, start, MAGIC)) throw damaged('the signature is not that of .xz');
  verifyCrc32(input, start + 6, start + 8);
  const checkType = byteAt(input, start + 7);
  if (byteAt(input, start + 6) !== 0 || checkType > 0x0f) throw damaged('unknown stream flags');
  return checkType;
}

function verifyFooter(input: Uint8Array, start: number, checkType: number, indexBytes: number): void {
  if (!startsWith(input, start + 10, FOOTER_MAGIC)) throw damaged('the end signature is missing');
  if (crc32(slice(input, start + 4, start + 10)) !== readUint32(input, start)) throw damaged('footer damaged');
  const backward = (readUint32(input, start + 4) + 1) * 4;
  if (backward !== indexBytes || byteAt(input, start + 8) !== 0 || byteAt(input, start + 9) !== checkType) {
    throw damaged('footer and data disagree');
  }
}

function* decodeBlock(
  input: Uint8Array,
  start: number,
  checkType: number,
  budget: Budget,
): Generator<Uint8Array, BlockSizes> {
  const header = readBlockHeader(input, start, budget.maxDictionaryBytes);
  const check = createBlockCheck(checkType);
  let uncompressed = 0;
  const claim = (bytes: number): void => {
    budget.left -= bytes;
    if (budget.left < 0) throw damaged('it holds more than allowed');
  };
  const pass = (bytes: Uint8Array): Uint8Array => {
    check.update(bytes);
    uncompressed += bytes.length;
    return bytes;
  };
  const cursor = { position: header.end };
  for (const chunk of decodeLzma2(input, cursor, { dictionaryBytes: header.dictionaryBytes, claim })) {
    yield pass(header.filters.reduce((bytes, filter) => filter.push(bytes), chunk));
  }
  for (const [index, filter] of header.filters.entries()) {
    yield pass(header.filters.slice(index + 1).reduce((bytes, next) => next.push(bytes), filter.finish()));
  }
  verifySizes(header, cursor.position - header.end, uncompressed);
  const unpadded = verifyBlockEnd(input, start, cursor.position, check.digest(), checkBytes(checkType));
  return { unpadded, uncompressed };
}

function verifySizes(header: BlockHeader, compressed: number, uncompressed: number): void {
  const fits = (stated: number | undefined, real: number): boolean => stated === undefined || stated === real;
  if (!fits(header.compressed, compressed) || !fits(header.uncompressed, uncompressed)) {
    throw damaged('a block has another size than its header says');
  }
}

/** Checks padding and integrity check; returns the block's size without padding, as the index counts it. */
function verifyBlockEnd(input: Uint8Array, start: number, dataEnd: number, digest: Uint8Array, bytes: number): number {
  const checkStart = start + roundUp4(dataEnd - start);
  for (let position = dataEnd; position < checkStart; position += 1) {
    if (byteAt(input, position) !== 0) throw damaged('bad block padding');
  }
  if (Buffer.compare(slice(input, checkStart, checkStart + bytes), digest) !== 0) {
    throw damaged('the integrity check of a block failed');
  }
  return dataEnd - start + bytes;
}

interface BlockHeader {
  /** Where the compressed data begin. */
  readonly end: number;
  readonly compressed: number | undefined;
  readonly uncompressed: number | undefined;
  readonly dictionaryBytes: number;
  /** In the order in which decoding applies them. */
  readonly filters: readonly OutputFilter[];
}

function readBlockHeader(input: Uint8Array, start: number, maxDictionaryBytes: number): BlockHeader {
  const end = start + (byteAt(input, start) + 1) * 4;
  verifyCrc32(input, start, end - 4);
  const header = input.subarray(start, end - 4);
  const flags = byteAt(header, 1);
  if ((flags & 0x3c) !== 0) throw damaged('unknown block flags');
  const cursor = { position: 2 };
  const compressed = flags & 0x40 ? readInteger(header, cursor) : undefined;
  const uncompressed = flags & 0x80 ? readInteger(header, cursor) : undefined;
  const filters: OutputFilter[] = [];
  for (let left = flags & 3; left > 0; left -= 1) {
    const { id, properties } = readFilter(header, cursor);
    filters.unshift(createFilter(id, properties));
  }
  const last = readFilter(header, cursor);
  if (last.id !== FILTER_LZMA2) throw damaged('the last filter is not LZMA2');
  const dictionaryBytes = readDictionaryBytes(last.properties, maxDictionaryBytes);
  return { end, compressed, uncompressed, dictionaryBytes, filters };
}

function readFilter(header: Uint8Array, cursor: Cursor): { id: number; properties: Uint8Array } {
  const id = readInteger(header, cursor);
  const size = readInteger(header, cursor);
  const properties = slice(header, cursor.position, cursor.position + size);
  cursor.position += size;
  return { id, properties };
}

function readDictionaryBytes(properties: Uint8Array, maxDictionaryBytes: number): number {
  const bits = properties[0];
  if (properties.length !== 1 || bits === undefined || bits > 40) throw damaged('bad LZMA2 properties');
  const bytes = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11);
  if (bytes > maxDictionaryBytes) throw damaged(`its dictionary of ${bytes} bytes is larger than allowed`);
  return bytes;
}

/** The index repeats the sizes of all blocks. Returns the offset behind it. */
function verifyIndex(input: Uint8Array, start: number, blocks: readonly BlockSizes[]): number {
  const cursor = { position: start + 1 };
  const same =
    readInteger(input, cursor) === blocks.length &&
    blocks.every(
      (block) => readInteger(input, cursor) === block.unpadded && readInteger(input, cursor) === block.uncompressed,
    );
  if (!same) throw damaged('index and data disagree');
  const end = start + roundUp4(cursor.position - start);
  for (let position = cursor.position; position < end; position += 1) {
    if (byteAt(input, position) !== 0) throw damaged('bad index padding');
  }
  verifyCrc32(input, start, end);
  return end + 4;
}

/** The format's variable-length integer: seven bits a byte, at most nine bytes; here up to 2^53, larger ones are refused. */
function readInteger(input: Uint8Array, cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; scale <= 2 ** 56; scale *= 128) {
    const byte = byteAt(input, cursor.position);
    cursor.position += 1;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      if (!Number.isSafeInteger(value) || (byte === 0 && scale > 1)) break;
      return value;
    }
  }
  throw damaged('bad number');
}

function verifyCrc32(input: Uint8Array, start: number, end: number): void {
  if (crc32(slice(input, start, end)) !== readUint32(input, end)) throw damaged('a header is damaged');
}

function readUint32(input: Uint8Array, position: number): number {
  const bytes = slice(input, position, position + 4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function startsWith(input: Uint8Array, position: number, magic: Uint8Array): boolean {
  return Buffer.compare(input.subarray(position, position + magic.length), magic) === 0;
}

function slice(input: Uint8Array, start: number, end: number): Uint8Array {
  if (end > input.length) throw damaged('the file ends too early');
  return input.subarray(start, end);
}

function byteAt(input: Uint8Array, position: number): number {
  const byte = input[position];
  if (byte === undefined) throw damaged('the file ends too early');
  return byte;
}

function roundUp4(value: number): number {
  return Math.ceil(value / 4) * 4;
}
