import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { err, ok, type Result } from '#foundation/index.ts';

/**
 * A shard is one immutable file with what one feed says:
 *
 *   header · record blocks · key blocks · description · record table · key table · footer
 *
 * A record is an advisory without its affected packages, as one line of JSON; it is named by its ordinal. A key is
 * `ecosystem \0 package name` (or `\0 vulnerability id`), and its line holds all statements about it, each with the ordinal
 * of its advisory. Blocks are compressed one by one and carry a CRC-32; the tables say where they lie and which key or
 * ordinal each begins with, so a look-up is a search in a small table, one read and one search in 64 KB.
 */
const SHARD_FORMAT = 1;
export const HEADER_BYTES = 16;
export const FOOTER_BYTES = 64;
const HEADER_MAGIC = 'PLIMSHRD';
const FOOTER_MAGIC = 'PLIMSEND';

/**
 * What a block holds before compression; a longer line makes a longer block. Unpacking costs a fixed 40 µs besides the
 * bytes, and the packages of one system lie close together, so key blocks are the larger ones.
 */
export const RECORD_BLOCK_BYTES = 16 * 1024;
export const KEY_BLOCK_BYTES = 64 * 1024;
/** No honest block or table is larger, and no lying one makes us allocate more. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024;

export const BLOCK_ENTRY_BYTES = 18;

export interface Extent {
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

export interface BlockPlace extends Extent {
  readonly rawBytes: number;
}

export interface Footer {
  readonly description: Extent;
  readonly recordTable: Extent;
  readonly keyTable: Extent;
}

export function encodeHeader(): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(HEADER_MAGIC, 0, 'latin1');
  header.writeUInt32LE(SHARD_FORMAT, 8);
  return header;
}

/** Tells a newer format from no shard at all, so that the words can say what to do. */
export function checkHeader(header: Buffer): Result<undefined> {
  if (header.length < HEADER_BYTES || header.toString('latin1', 0, 8) !== HEADER_MAGIC)
    return err('not a database shard');
  const format = header.readUInt32LE(8);
  if (format > SHARD_FORMAT) {
    return err(
      `written by a newer version of this program (format ${format}, this one reads ${SHARD_FORMAT}): update the program or build the database anew`,
    );
  }
  return format === SHARD_FORMAT ? ok(undefined) : err(`format ${format} is not supported: build the database anew`);
}

export function encodeFooter(footer: Footer): Buffer {
  const bytes = Buffer.alloc(FOOTER_BYTES);
  let at = 0;
  for (const { offset, bytes: length, crc } of [footer.description, footer.recordTable, footer.keyTable]) {
    bytes.writeBigUInt64LE(BigInt(offset), at);
    bytes.writeUInt32LE(length, at + 8);
    bytes.writeUInt32LE(crc, at + 12);
    at += 16;
  }
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 52)), 52);
  bytes.write(FOOTER_MAGIC, 56, 'latin1');
  return bytes;
}

export function decodeFooter(bytes: Buffer, fileBytes: number): Result<Footer> {
  if (bytes.length < FOOTER_BYTES || bytes.toString('latin1', 56) !== FOOTER_MAGIC) return err('cut off at its end');
  if (bytes.readUInt32LE(52) !== crc32(bytes.subarray(0, 52))) return err('its footer is damaged');
  const extents: Extent[] = [];
  for (let at = 0; at < 48; at += 16) {
    const extent = {
      offset: Number(bytes.readBigUInt64LE(at)),
      bytes: bytes.readUInt32LE(at + 8),
      crc: bytes.readUInt32LE(at + 12),
    };
    if (extent.bytes > MAX_BLOCK_BYTES || !liesInside(extent, fileBytes))
      return err('its footer points outside the file');
    extents.push(extent);
  }
  const [description, recordTable, keyTable] = extents;
  if (!description || !recordTable || !keyTable) return err('its footer is damaged');
  return ok({ description, recordTable, keyTable });
}

function liesInside(extent: Extent, fileBytes: number): boolean {
  return extent.offset >= HEADER_BYTES && extent.offset + extent.bytes <= fileBytes - FOOTER_BYTES;
}

export function packBlock(text: string): { stored: Buffer; rawBytes: number; crc: number } {
  const raw = Buffer.from(text, 'latin1');
  const stored = zstdCompressSync(raw);
  return { stored, rawBytes: raw.length, crc: crc32(stored) };
}

/** Checked before it is unpacked: a flipped bit is an error here, never another answer. */
export function unpackBlock(stored: Buffer, place: BlockPlace): Result<string> {
  if (stored.length !== place.bytes || crc32(stored) !== place.crc)
    return err('a block is damaged (its checksum is wrong)');
  if (place.rawBytes > MAX_BLOCK_BYTES) return err('a block states an impossible size');
  try {
    const raw = zstdDecompressSync(stored, { maxOutputLength: Math.max(1, place.rawBytes) });
    return raw.length === place.rawBytes ? ok(raw.toString('latin1')) : err('a block states a wrong size');
  } catch {
    return err('a block cannot be unpacked');
  }
}

export function writeBlockEntry(place: BlockPlace): Buffer {
  const entry = Buffer.alloc(BLOCK_ENTRY_BYTES);
  entry.writeUIntLE(place.offset, 0, 6);
  entry.writeUInt32LE(place.bytes, 6);
  entry.writeUInt32LE(place.rawBytes, 10);
  entry.writeUInt32LE(place.crc, 14);
  return entry;
}

export function readBlockEntry(table: Buffer, at: number): BlockPlace {
  return {
    offset: table.readUIntLE(at, 6),
    bytes: table.readUInt32LE(at + 6),
    rawBytes: table.readUInt32LE(at + 10),
    crc: table.readUInt32LE(at + 14),
  };
}

/** One byte a character, so that texts compare as bytes do and take half the memory; ASCII stays what it is. */
function byteText(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

export function keyOf(ecosystem: string, name: string): string {
  return `${byteText(ecosystem)}\0${byteText(name)}`;
}

/** JSON in ASCII: other characters as `\uXXXX`. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
