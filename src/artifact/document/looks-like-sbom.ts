import { constants, gunzipSync } from 'node:zlib';
import { asBuffer, detectCompression } from '#foundation/index.ts';

/** Bytes of a file's start that are enough to see what it is. */
export const SBOM_HEAD_BYTES = 64 * 1024;

const MAX_UNPACKED_HEAD = 1024 * 1024;

/** Names of members that begin documents of the formats that are read, and of the envelopes that they come in. */
const JSON_SIGNS =
  /"(?:bomFormat|spdxVersion|predicateType|payloadType|dsseEnvelope|artifactRelationships)"\s*:|"schema"\s*:\s*"plimsoll\.scan\.|spdx\.org\/rdf\/v?3|"SPDX"\s*:\s*\{|"manifests"\s*:\s*\{|"artifacts"\s*:\s*\[\s*\{\s*"id"/;

/** Whether a file that begins so may be a software bill of materials; its reader has the last word. */
export function looksLikeSbom(head: Uint8Array): boolean {
  const start = asBuffer(unpackedHead(head))
    .toString('utf8', 0, SBOM_HEAD_BYTES)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (start.startsWith('{')) return JSON_SIGNS.test(start);
  if (start.startsWith('<')) return start.includes('cyclonedx.org/schema/bom');
  return /^SPDXVersion:/m.test(start);
}

function unpackedHead(head: Uint8Array): Uint8Array {
  if (detectCompression(head) !== 'gzip') return head;
  try {
    // The head ends in the middle of the data: what it unpacks to is enough.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_UNPACKED_HEAD });
  } catch {
    return head;
  }
}
