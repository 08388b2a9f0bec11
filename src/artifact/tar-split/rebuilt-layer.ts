import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { ok, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { BlobSpool } from '../blob-spool.ts';
import type { LocalLayer } from '../image/assemble-local.ts';
import { LayerUnavailable } from '../layer-unavailable.ts';
import { unreadableFile } from '../members/members.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { writeLayerTar } from './tar-split.ts';

/** A layer whose tar is written again on demand, from a full copy of the tree and the engine's record. */
export function rebuiltLayer(diffId: Digest, recordPath: string, directory: string, spool: BlobSpool): LocalLayer {
  return {
    mediaType: 'application/vnd.oci.image.layer.v1.tar',
    blobDigest: diffId,
    content: {
      kind: 'remote',
      async fetch(signal) {
        const blob = await spool.take(diffId, (path) => rebuild(diffId, recordPath, directory, path, signal));
        if (blob.ok) return blob.value;
        signal.throwIfAborted();
        throw new LayerUnavailable(diffId, blob.error);
      },
    },
  };
}

async function rebuild(
  diffId: Digest,
  recordPath: string,
  directory: string,
  path: string,
  signal: AbortSignal,
): Promise<Result<void, TargetError>> {
  const hash = createHash('sha256');
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const write = async (chunk: Uint8Array) => {
        hash.update(chunk);
        await file.writeFile(chunk);
      };
      await writeLayerTar(recordPath, directory, write, signal);
    } finally {
      await file.close();
    }
  } catch (cause) {
    await rm(path, { force: true });
    if (cause instanceof Error && cause.name === 'DamagedInput') return targetError('invalid', cause.message);
    return unreadableFile(directory, cause);
  }
  const actual = `sha256:${hash.digest('hex')}`;
  if (actual === diffId) return ok(undefined);
  await rm(path, { force: true });
  return targetError(
    'invalid',
    `the unpacked layer is ${actual} and should be ${diffId}: files in ${directory} were changed`,
  );
}
