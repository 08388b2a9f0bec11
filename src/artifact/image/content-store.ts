import { createHash } from 'node:crypto';
import { ok, type Result } from '#foundation/index.ts';
import { type Digest, digestAlgorithm, digestHex } from '#model/index.ts';
import type { LayerContent } from '../artifact.ts';
import { type TargetError, targetError } from '../target-error.ts';
import type { Descriptor } from './manifest.ts';

/** Where the blobs of images lie: a layout, an archive, a registry, an engine's store. */
export interface ContentStore {
  /** Reads a small document. The caller verifies it. At most `maxBytes`; the store may stop earlier at the descriptor's size. */
  read(descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Result<Uint8Array, TargetError>>;
  /** How the layer is to be had. `not-found` when the store does not hold it. */
  layer(descriptor: Descriptor): Promise<Result<LayerContent, TargetError>>;
}

/** Reads a document and checks it against its descriptor, so that nobody between us and the writer can change it. */
export async function readVerified(
  store: ContentStore,
  descriptor: Descriptor,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array, TargetError>> {
  if (descriptor.size > maxBytes) {
    return targetError(
      'invalid',
      `${descriptor.digest} is said to have ${descriptor.size} bytes; more than ${maxBytes} are not read for a document of its kind`,
    );
  }
  const bytes = await store.read(descriptor, maxBytes, signal);
  if (!bytes.ok) return bytes;
  if (bytes.value.length !== descriptor.size) {
    return targetError(
      'invalid',
      `${descriptor.digest} has ${bytes.value.length} bytes but should have ${descriptor.size}: it is damaged or was changed`,
    );
  }
  return verifyDigest(bytes.value, descriptor.digest);
}

export function verifyDigest(bytes: Uint8Array, digest: Digest): Result<Uint8Array, TargetError> {
  const actual = createHash(digestAlgorithm(digest)).update(bytes).digest('hex');
  if (actual === digestHex(digest)) return ok(bytes);
  return targetError(
    'invalid',
    `content that should be ${digest} is ${digestAlgorithm(digest)}:${actual}: it is damaged or was changed`,
  );
}

/** The digest of bytes that nobody announced. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
