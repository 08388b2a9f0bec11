import { fieldText } from './text.ts';

export const BLOCK = 512;

/** One header block as it stands, before extended headers are applied. */
export interface HeaderBlock {
  readonly typeflag: string;
  readonly format: 'v7' | 'ustar' | 'star' | 'gnu';
  readonly name: string;
  readonly linkname: string;
  /** Permission bits; 0 where they cannot be read. */
  readonly mode: number;
  readonly size: number;
  readonly devmajor: number;
  readonly devminor: number;
}

export function isZeroBlock(bytes: Buffer, at: number): boolean {
  for (let index = at; index < at + BLOCK; index++) if (bytes[index] !== 0) return false;
  return true;
}

/** Some old writers summed signed bytes; both sums are accepted, as by every reader. */
export function checksumHolds(bytes: Buffer, at: number): boolean {
  const stated = parseOctal(bytes, at + 148, 8);
  return stated === unsignedSum(bytes, at) || stated === signedSum(bytes, at);
}

/**
 * Reads a header block whose checksum holds; `undefined` when a number in it cannot be read. Reads the fields as the
 * program does that unpacks layers (Go's archive/tar): a reader that understood an archive differently could be shown
 * other files than a container gets.
 */
export function parseBlock(bytes: Buffer, at: number): HeaderBlock | undefined {
  const format = detectFormat(bytes, at);
  const size = parseNumeric(bytes, at + 124, 12);
  const devmajor = format === 'v7' ? 0 : parseNumeric(bytes, at + 329, 8);
  const devminor = format === 'v7' ? 0 : parseNumeric(bytes, at + 337, 8);
  if (size === undefined || size < 0 || devmajor === undefined || devminor === undefined) return undefined;
  const name = fieldText(bytes, at, 100);
  const prefix = parsePrefix(bytes, at, format);
  return {
    typeflag: String.fromCharCode(bytes[at + 156] ?? 0),
    format,
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkname: fieldText(bytes, at + 157, 100),
    mode: (parseNumeric(bytes, at + 100, 8) ?? 0) & 0o7777,
    size,
    devmajor,
    devminor,
  };
}

function detectFormat(bytes: Buffer, at: number): HeaderBlock['format'] {
  if (!hasText(bytes, at + 257, 'ustar')) return 'v7';
  if (hasText(bytes, at + 262, '  \0')) return 'gnu';
  if (bytes[at + 262] !== 0) return 'v7';
  return hasText(bytes, at + 508, 'tar\0') ? 'star' : 'ustar';
}

function hasText(bytes: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function parsePrefix(bytes: Buffer, at: number, format: HeaderBlock['format']): string {
  if (format === 'ustar') return fieldText(bytes, at + 345, 155);
  if (format === 'star') return fieldText(bytes, at + 345, 131);
  if (format === 'gnu') return misplacedPrefix(bytes, at);
  return '';
}

/** Old versions of Go's writer put a prefix where the GNU format has access and change times; its reader still accepts that. */
function misplacedPrefix(bytes: Buffer, at: number): string {
  if (bytes[at + 345] === 0) return '';
  const times = [parseNumeric(bytes, at + 345, 12), parseNumeric(bytes, at + 357, 12)];
  if (times.every((time) => time !== undefined)) return '';
  const prefix = fieldText(bytes, at + 345, 155);
  return /^[\x00-\x7f]*$/.test(prefix) ? prefix : '';
}

/** Octal text, or a base-256 number when the first bit is set. */
export function parseNumeric(bytes: Buffer, at: number, length: number): number | undefined {
  return (bytes[at] ?? 0) & 0x80 ? parseBase256(bytes, at, length) : parseOctal(bytes, at, length);
}

function parseBase256(bytes: Buffer, at: number, length: number): number | undefined {
  const negative = ((bytes[at] ?? 0) & 0x40) !== 0;
  let value = negative ? -1 : 0;
  for (let index = at; index < at + length; index++) {
    const byte = index === at ? ((bytes[index] ?? 0) & 0x3f) | (negative ? 0xc0 : 0) : (bytes[index] ?? 0);
    value = index === at && negative ? byte - 256 : value * 256 + byte;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Leading and trailing spaces and zeros are padding; an empty field is 0; any other character makes it unreadable. */
function parseOctal(bytes: Buffer, at: number, length: number): number | undefined {
  let start = at;
  let end = at + length;
  while (start < end && isPadding(bytes[start])) start++;
  while (end > start && isPadding(bytes[end - 1])) end--;
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    // As text fields, numbers end at the first zero byte.
    if (bytes[index] === 0) break;
    if (digit < 0 || digit > 7) return undefined;
    value = value * 8 + digit;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}

function isPadding(byte: number | undefined): boolean {
  return byte === 0 || byte === 0x20;
}

const CHECKSUM_AS_SPACES = 8 * 0x20;

/** Two bytes of a word at a time: every entry of every layer passes here. */
function unsignedSum(bytes: Buffer, at: number): number {
  const address = bytes.byteOffset + at;
  let sum = CHECKSUM_AS_SPACES;
  if (address % 4 === 0) {
    let pairs = 0;
    const words = new Uint32Array(bytes.buffer, address, BLOCK / 4);
    for (let index = 0; index < BLOCK / 4; index++) {
      const word = words[index] ?? 0;
      pairs += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
    }
    sum += (pairs & 0xffff) + (pairs >>> 16);
  } else {
    for (let index = at; index < at + BLOCK; index++) sum += bytes[index] ?? 0;
  }
  for (let index = at + 148; index < at + 156; index++) sum -= bytes[index] ?? 0;
  return sum;
}

function signedSum(bytes: Buffer, at: number): number {
  let sum = CHECKSUM_AS_SPACES;
  for (let index = at; index < at + BLOCK; index++) {
    if (index < at + 148 || index >= at + 156) sum += bytes.readInt8(index);
  }
  return sum;
}
