import { err, ok, type Result } from '../result.ts';

const ENTRY_SIGNATURE = 0x02014b50;
export const ENTRY_LENGTH = 46;
const FLAG_ENCRYPTED = 0x0001;
const FLAG_UTF8 = 0x0800;
const ZIP64_EXTRA = 0x0001;

export const STORED = 0;
export const DEFLATED = 8;

export interface ZipEntry {
  /** As written in the archive: may hold `..`, be absolute or repeat. Never join it to a path unchecked. */
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Where the local header stands in the file. */
  readonly offset: number;
}

export interface ParsedEntry {
  readonly entry: ZipEntry;
  /** Where the next directory record starts. */
  readonly next: number;
  /** The least that the entry occupies in the file: header, name and data. */
  readonly occupies: number;
}

/** Reads one record of the central directory. `shift` is what stands in front of the archive. */
export function parseEntry(directory: Buffer, at: number, shift: number): Result<ParsedEntry> {
  if (at + ENTRY_LENGTH > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
    return err('damaged zip: its directory breaks off');
  }
  const nameLength = directory.readUInt16LE(at + 28);
  const extraLength = directory.readUInt16LE(at + 30);
  const next = at + ENTRY_LENGTH + nameLength + extraLength + directory.readUInt16LE(at + 32);
  if (next > directory.length) return err('damaged zip: its directory breaks off');
  const flags = directory.readUInt16LE(at + 8);
  const nameStart = at + ENTRY_LENGTH;
  const sizes = readSizes(directory, at, nameStart + nameLength, extraLength);
  if (!sizes.ok) return sizes;
  const entry = {
    name: directory.toString(flags & FLAG_UTF8 ? 'utf8' : 'latin1', nameStart, nameStart + nameLength),
    method: directory.readUInt16LE(at + 10),
    encrypted: (flags & FLAG_ENCRYPTED) !== 0,
    crc32: directory.readUInt32LE(at + 16),
    compressedBytes: sizes.value.compressedBytes,
    bytes: sizes.value.bytes,
    offset: sizes.value.offset + shift,
  };
  return ok({ entry, next, occupies: 30 + nameLength + entry.compressedBytes });
}

interface Sizes {
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly offset: number;
}

/** The three fields that overflow into the zip64 extra field, which holds only those that did, in this order. */
function readSizes(directory: Buffer, at: number, extraStart: number, extraLength: number): Result<Sizes> {
  const narrow = [24, 20, 42].map((field) => directory.readUInt32LE(at + field));
  const wide = findZip64(directory.subarray(extraStart, extraStart + extraLength));
  let wideAt = 0;
  const values: number[] = [];
  for (const value of narrow) {
    if (value !== 0xffffffff) {
      values.push(value);
      continue;
    }
    if (wide === undefined || wideAt + 8 > wide.length) return err('damaged zip: an entry lacks its zip64 sizes');
    values.push(Number(wide.readBigUInt64LE(wideAt)));
    wideAt += 8;
  }
  const [bytes = 0, compressedBytes = 0, offset = 0] = values;
  if (!values.every(Number.isSafeInteger)) return err('damaged zip: an entry states an impossible size');
  return ok({ bytes, compressedBytes, offset });
}

function findZip64(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === ZIP64_EXTRA) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}
