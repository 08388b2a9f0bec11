import { crc32, inflateRawSync } from 'node:zlib';
import { err, ok, type Result } from '../result.ts';
import { type DirectoryLimits, locateDirectory } from './directory.ts';
import { DEFLATED, ENTRY_LENGTH, parseEntry, STORED, type ZipEntry } from './entry.ts';
import type { RandomAccess } from './random-access.ts';

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
/** Deflate cannot do better: 258 bytes from two bits. A claim above is a lie told to make us allocate. */
const MAX_DEFLATE_RATIO = 1032;

export interface ZipLimits extends DirectoryLimits {
  /** Of one entry, uncompressed. */
  readonly maxEntryBytes: number;
  /** Of all entries together, uncompressed. */
  readonly maxTotalBytes: number;
}

const DEFAULT_LIMITS: ZipLimits = {
  maxEntries: 1_000_000,
  maxDirectoryBytes: 128 * 1024 * 1024,
  maxEntryBytes: 64 * 1024 * 1024,
  maxTotalBytes: 16 * 1024 * 1024 * 1024,
};

/** An archive whose whole directory has been checked: bounded counts and sizes, no two entries over the same bytes. */
export interface ZipArchive {
  readonly entryCount: number;
  /** In the directory's order. */
  entries(): Iterable<ZipEntry>;
  /** The entry's content, its size and CRC-32 checked. The buffer is the caller's own. */
  read(entry: ZipEntry): Result<Buffer>;
}

/**
 * Opens a zip by its central directory: stored and deflated entries, zip64, a stub in front. Refused with words: several
 * disks, entries that overlap (a small file that unpacks to petabytes), sizes that cannot be true, and whatever is over
 * the limits. Nothing is unpacked before `read`.
 *
 * @example const zip = openZip(bufferAccess(bytes), { maxEntryBytes: 1 << 20 });
 */
export function openZip(source: RandomAccess, limits: Partial<ZipLimits> = {}): Result<ZipArchive> {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  const place = locateDirectory(source, bounds);
  if (!place.ok) return place;
  const { offset, length, entryCount, shift } = place.value;
  const directory = Buffer.from(source.read(offset, length));
  if (directory.length !== length || entryCount * ENTRY_LENGTH > length) {
    return err('damaged zip: its directory breaks off');
  }
  const checked = checkDirectory(directory, entryCount, shift, offset, bounds);
  if (!checked.ok) return checked;
  return ok({
    entryCount,
    *entries() {
      let at = 0;
      for (let index = 0; index < entryCount; index += 1) {
        const parsed = parseEntry(directory, at, shift);
        if (!parsed.ok) return;
        at = parsed.value.next;
        yield parsed.value.entry;
      }
    },
    read: (entry) => readEntry(source, entry, bounds.maxEntryBytes),
  });
}

function checkDirectory(
  directory: Buffer,
  count: number,
  shift: number,
  directoryOffset: number,
  limits: ZipLimits,
): Result<undefined> {
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let at = 0;
  let totalBytes = 0;
  for (let index = 0; index < count; index += 1) {
    const parsed = parseEntry(directory, at, shift);
    if (!parsed.ok) return parsed;
    const { entry, next, occupies } = parsed.value;
    starts[index] = entry.offset;
    ends[index] = entry.offset + occupies;
    if (entry.offset + occupies > directoryOffset) return err('damaged zip: an entry lies outside the file');
    totalBytes += entry.bytes;
    at = next;
  }
  if (totalBytes > limits.maxTotalBytes) {
    return err(`zip that unpacks to ${totalBytes} bytes refused: the limit is ${limits.maxTotalBytes}`);
  }
  return overlaps(starts, ends) ? err('zip refused: entries overlap, as in a decompression bomb') : ok(undefined);
}

/**
 * With starts and ends each sorted, the ranges are disjoint exactly when every range ends before the next one starts.
 * Every range has at least a header's length, so sorting the two lists apart cannot hide an overlap.
 */
function overlaps(starts: Float64Array, ends: Float64Array): boolean {
  starts.sort();
  ends.sort();
  return starts.some((start, index) => index > 0 && start < (ends[index - 1] ?? 0));
}

function readEntry(source: RandomAccess, entry: ZipEntry, maxBytes: number): Result<Buffer> {
  const refused = refusal(entry, maxBytes);
  if (refused !== undefined) return err(`zip entry ${shortName(entry)}: ${refused}`);
  const data = readData(source, entry);
  if (!data.ok) return data;
  const content = entry.method === STORED ? ok(Buffer.from(data.value)) : inflate(data.value, entry);
  if (!content.ok) return content;
  if (content.value.length !== entry.bytes || crc32(content.value) !== entry.crc32) {
    return err(`zip entry ${shortName(entry)}: damaged (its size or checksum is wrong)`);
  }
  return content;
}

function refusal(entry: ZipEntry, maxBytes: number): string | undefined {
  if (entry.encrypted) return 'encrypted';
  if (entry.method !== STORED && entry.method !== DEFLATED)
    return `compression method ${entry.method} is not supported`;
  if (entry.bytes > maxBytes) return `${entry.bytes} bytes refused, the limit is ${maxBytes}`;
  if (entry.method === STORED && entry.bytes !== entry.compressedBytes) return 'states two different sizes';
  if (entry.bytes > entry.compressedBytes * MAX_DEFLATE_RATIO + 64) return 'states an impossible size';
  return undefined;
}

/** Reads header and data in one go; the local extra field may be longer than guessed, then once more. */
function readData(source: RandomAccess, entry: ZipEntry): Result<Buffer> {
  const guess = LOCAL_LENGTH + entry.name.length * 2 + 64 + entry.compressedBytes;
  let bytes = source.read(entry.offset, guess);
  if (bytes.length < LOCAL_LENGTH || bytes.readUInt32LE(0) !== LOCAL_SIGNATURE) {
    return err(`zip entry ${shortName(entry)}: damaged (no local header)`);
  }
  if (bytes.readUInt16LE(8) !== entry.method) {
    return err(`zip entry ${shortName(entry)}: its two headers contradict each other`);
  }
  const start = LOCAL_LENGTH + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  if (start + entry.compressedBytes > bytes.length) bytes = source.read(entry.offset, start + entry.compressedBytes);
  const data = bytes.subarray(start, start + entry.compressedBytes);
  return data.length === entry.compressedBytes ? ok(data) : err(`zip entry ${shortName(entry)}: cut off`);
}

function inflate(data: Buffer, entry: ZipEntry): Result<Buffer> {
  try {
    return ok(inflateRawSync(data, { maxOutputLength: Math.max(1, entry.bytes), chunkSize: chunkSize(entry.bytes) }));
  } catch {
    return err(`zip entry ${shortName(entry)}: damaged (does not unpack to the ${entry.bytes} bytes it states)`);
  }
}

/** One output chunk for small entries: the default of 16 KiB costs an allocation and a copy for each step. */
function chunkSize(bytes: number): number {
  return Math.min(Math.max(bytes, 1024), 1024 * 1024);
}

function shortName(entry: ZipEntry): string {
  return JSON.stringify(entry.name.slice(0, 120));
}
