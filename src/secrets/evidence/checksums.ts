import { crc32 } from 'node:zlib';
import type { Evidence, Verdict } from './verdict.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

/**
 * Tokens of GitHub and npm end in the CRC-32 of what stands between prefix and checksum, in base 62.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function checksumBase62({ secret }: Evidence): Verdict {
  const body = secret.slice(secret.indexOf('_') + 1);
  return base62Checksum(body.slice(0, -CHECKSUM_LENGTH)) === body.slice(-CHECKSUM_LENGTH) ? 'verified' : 'doubtful';
}

export function base62Checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = `${BASE62[rest % 62] ?? ''}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Grafana's service account tokens end in the CRC-32 of all before it, as bytes from the lowest, in hexadecimal. */
export function checksumGrafana({ secret }: Evidence): Verdict {
  const end = secret.lastIndexOf('_');
  return grafanaChecksum(secret.slice(0, end)) === secret.slice(end + 1).toLowerCase() ? 'verified' : 'doubtful';
}

export function grafanaChecksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(text));
  return bytes.toString('hex');
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Bech32 as age writes its keys: human-readable part, `1`, data and six characters of checksum (BIP 173). */
export function checksumBech32({ secret }: Evidence): Verdict {
  const text = secret.toLowerCase();
  const split = text.lastIndexOf('1');
  const values = [...text.slice(split + 1)].map((character) => BECH32.indexOf(character));
  return polymod([...expanded(text.slice(0, split)), ...values]) === 1 ? 'verified' : 'doubtful';
}

/** The text with its checksum behind it. */
export function withBech32Checksum(prefix: string, data: string): string {
  const values = [...expanded(prefix), ...[...data].map((character) => BECH32.indexOf(character)), 0, 0, 0, 0, 0, 0];
  const sum = polymod(values) ^ 1;
  const digits = [25, 20, 15, 10, 5, 0].map((shift) => BECH32[(sum >>> shift) & 31] ?? '');
  return `${prefix}1${data}${digits.join('')}`;
}

function expanded(prefix: string): number[] {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) if ((top >>> bit) & 1) sum ^= generator;
  }
  return sum;
}

const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
