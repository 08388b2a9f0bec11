import { err, ok, type Result } from '../result.ts';
import type { RandomAccess } from './random-access.ts';

/** Layouts: PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3. */
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const END64_SIGNATURE = 0x06064b50;
const END64_LENGTH = 56;
const LOCATOR64_SIGNATURE = 0x07064b50;
const LOCATOR64_LENGTH = 20;
const MAX_COMMENT = 0xffff;

export interface DirectoryLimits {
  readonly maxEntries: number;
  readonly maxDirectoryBytes: number;
}

/** Where the central directory lies and what it claims. */
export interface DirectoryPlace {
  readonly offset: number;
  readonly length: number;
  readonly entryCount: number;
  /** Bytes in front of the archive proper (a self-extracting stub): to be added to every offset in the directory. */
  readonly shift: number;
}

export function locateDirectory(source: RandomAccess, limits: DirectoryLimits): Result<DirectoryPlace> {
  const tailStart = Math.max(0, source.size - END_LENGTH - MAX_COMMENT);
  const tail = Buffer.from(source.read(tailStart, source.size - tailStart));
  const end = findEnd(tail);
  if (end === undefined) return err('not a zip file, or cut off at its end (no end of central directory)');
  if (tail.readUInt16LE(end + 4) !== 0 || tail.readUInt16LE(end + 6) !== 0) {
    return err('a zip split over several files cannot be read');
  }
  const endOffset = tailStart + end;
  const claim = readsAsZip64(tail, end) ? readEnd64(source, endOffset) : readEnd(tail, end, endOffset);
  return claim.ok ? checkPlace(claim.value, limits) : claim;
}

/** The last signature whose comment reaches exactly to the end, so that a signature inside a comment does not win. */
function findEnd(tail: Buffer): number | undefined {
  for (let at = tail.length - END_LENGTH; at >= 0; at -= 1) {
    const fits = at + END_LENGTH + tail.readUInt16LE(at + 20) === tail.length;
    if (fits && tail.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  return undefined;
}

function readsAsZip64(tail: Buffer, end: number): boolean {
  return (
    tail.readUInt16LE(end + 10) === 0xffff ||
    tail.readUInt32LE(end + 12) === 0xffffffff ||
    tail.readUInt32LE(end + 16) === 0xffffffff
  );
}

interface Claim {
  readonly statedOffset: number;
  readonly length: number;
  readonly entryCount: number;
  /** Where the record that follows the directory starts. */
  readonly directoryEnd: number;
}

function readEnd(tail: Buffer, end: number, endOffset: number): Result<Claim> {
  return ok({
    statedOffset: tail.readUInt32LE(end + 16),
    length: tail.readUInt32LE(end + 12),
    entryCount: tail.readUInt16LE(end + 10),
    directoryEnd: endOffset,
  });
}

function readEnd64(source: RandomAccess, endOffset: number): Result<Claim> {
  const locatorOffset = endOffset - LOCATOR64_LENGTH;
  if (locatorOffset < 0) return err('damaged zip: its zip64 locator is missing');
  const locator = source.read(locatorOffset, LOCATOR64_LENGTH);
  if (locator.length < LOCATOR64_LENGTH || locator.readUInt32LE(0) !== LOCATOR64_SIGNATURE) {
    return err('damaged zip: its zip64 locator is missing');
  }
  const recordOffset = Number(locator.readBigUInt64LE(8));
  if (recordOffset > locatorOffset - END64_LENGTH) return err('damaged zip: its zip64 record lies outside the file');
  const record = source.read(recordOffset, END64_LENGTH);
  if (record.length < END64_LENGTH || record.readUInt32LE(0) !== END64_SIGNATURE) {
    return err('damaged zip: its zip64 record is missing');
  }
  return ok({
    entryCount: Number(record.readBigUInt64LE(32)),
    length: Number(record.readBigUInt64LE(40)),
    statedOffset: Number(record.readBigUInt64LE(48)),
    directoryEnd: recordOffset,
  });
}

function checkPlace(claim: Claim, limits: DirectoryLimits): Result<DirectoryPlace> {
  const { statedOffset, length, entryCount, directoryEnd } = claim;
  const shift = directoryEnd - length - statedOffset;
  if (shift < 0) return err('damaged zip: its directory lies outside the file');
  if (entryCount > limits.maxEntries) {
    return err(`zip with ${entryCount} entries refused: the limit is ${limits.maxEntries}`);
  }
  if (length > limits.maxDirectoryBytes) {
    return err(`zip with a directory of ${length} bytes refused: the limit is ${limits.maxDirectoryBytes}`);
  }
  return ok({ offset: statedOffset + shift, length, entryCount, shift });
}
