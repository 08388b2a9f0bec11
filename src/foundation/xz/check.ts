import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { damaged } from './damaged.ts';

/** The integrity check over a block's uncompressed bytes. Digests are as they stand in the file. */
export interface BlockCheck {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** Size of the check field for each of the 16 types; types without an algorithm are reserved. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;

export function checkBytes(type: number): number {
  return CHECK_BYTES[type] ?? 0;
}

export function createBlockCheck(type: number): BlockCheck {
  switch (type) {
    case 0:
      return { update: () => undefined, digest: () => new Uint8Array(0) };
    case 1:
      return crc32Check();
    case 4:
      return crc64Check();
    case 10:
      return sha256Check();
    default:
      // Decoding without the check would be possible; an unchecked answer is not what this is for.
      throw damaged(`unsupported integrity check ${type}`);
  }
}

function crc32Check(): BlockCheck {
  let value = 0;
  return {
    update(bytes) {
      value = crc32(bytes, value);
    },
    digest() {
      const digest = new Uint8Array(4);
      new DataView(digest.buffer).setUint32(0, value, true);
      return digest;
    },
  };
}

function sha256Check(): BlockCheck {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** CRC-64/XZ (ECMA-182, reflected). JavaScript has no fast 64-bit integers, so it runs on two halves. */
function crc64Check(): BlockCheck {
  const { low, high } = crc64Tables();
  let lowHalf = -1;
  let highHalf = -1;
  return {
    update(bytes) {
      let l = lowHalf;
      let h = highHalf;
      for (let index = 0; index < bytes.length; index += 1) {
        const entry = (l ^ (bytes[index] as number)) & 0xff;
        l = ((l >>> 8) | (h << 24)) ^ (low[entry] as number);
        h = (h >>> 8) ^ (high[entry] as number);
      }
      lowHalf = l;
      highHalf = h;
    },
    digest() {
      const digest = new Uint8Array(8);
      const view = new DataView(digest.buffer);
      view.setInt32(0, ~lowHalf, true);
      view.setInt32(4, ~highHalf, true);
      return digest;
    },
  };
}

const POLYNOMIAL = 0xc96c5795d7870f42n;
let tables: { readonly low: Int32Array; readonly high: Int32Array } | undefined;

function crc64Tables(): { readonly low: Int32Array; readonly high: Int32Array } {
  if (tables) return tables;
  const low = new Int32Array(256);
  const high = new Int32Array(256);
  for (let entry = 0; entry < 256; entry += 1) {
    let value = BigInt(entry);
    for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ POLYNOMIAL : value >> 1n;
    low[entry] = Number(BigInt.asIntN(32, value));
    high[entry] = Number(BigInt.asIntN(32, value >> 32n));
  }
  tables = { low, high };
  return tables;
}
