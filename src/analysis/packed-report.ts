import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LayerReport } from './layer-report.ts';

const MAGIC = Buffer.from('PLIMSOLL LAYER 1\n');
const HASH_BYTES = 32;
const MAX_REPORT_BYTES = 512 * 2 ** 20;

/** A report as it lies in the cache: magic, SHA-256 of what follows, JSON compressed by zstd. */
export function packReport(json: string): Uint8Array<ArrayBuffer> {
  const packed = zstdCompressSync(json, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const bytes = new Uint8Array(MAGIC.length + HASH_BYTES + packed.length);
  bytes.set(MAGIC);
  bytes.set(createHash('sha256').update(packed).digest(), MAGIC.length);
  bytes.set(packed, MAGIC.length + HASH_BYTES);
  return bytes;
}

/** `undefined` for anything that is damaged, cut or not a report. */
export function unpackReport(bytes: Uint8Array): LayerReport | undefined {
  const body = bytes.subarray(MAGIC.length + HASH_BYTES);
  if (bytes.length < MAGIC.length + HASH_BYTES || MAGIC.compare(bytes, 0, MAGIC.length) !== 0) return undefined;
  if (
    createHash('sha256')
      .update(body)
      .digest()
      .compare(bytes, MAGIC.length, MAGIC.length + HASH_BYTES) !== 0
  )
    return undefined;
  try {
    return parseReport(zstdDecompressSync(body, { maxOutputLength: MAX_REPORT_BYTES }).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Reads what this program wrote itself; the checks keep a stranger's file from being taken for it. */
export function parseReport(json: string): LayerReport | undefined {
  const report: unknown = JSON.parse(json);
  return isReport(report) ? report : undefined;
}

function isReport(value: unknown): value is LayerReport {
  if (typeof value !== 'object' || value === null) return false;
  if (!('changes' in value) || !('problems' in value) || !('entries' in value) || !('bytes' in value)) return false;
  const { changes, problems, entries, bytes } = value;
  return Array.isArray(changes) && Array.isArray(problems) && typeof entries === 'number' && typeof bytes === 'number';
}
