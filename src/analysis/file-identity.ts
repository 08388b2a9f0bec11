import { createHash } from 'node:crypto';
import { closeSync, openSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { COMPRESSION_MAGIC_BYTES, descriptorContent, detectCompression } from '#foundation/index.ts';

/** A part of a local file, as layers lie in archives. */
export interface FilePart {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Times of files move in steps of up to a few milliseconds, so a change soon after another may not show. */
const SETTLED_AFTER_MS = 2000;
const CHUNK = 1024 * 1024;

/**
 * What tells a file's content from any other without reading it: any write moves the change time, which nobody but the
 * administrator can set. `settled` is false while the file is so young that a further write could leave no trace.
 */
export function fileIdentity(part: FilePart): { readonly key: string; readonly settled: boolean } {
  const stat = statSync(part.path, { bigint: true });
  const fields = [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs, part.offset, part.length];
  const settled = Date.now() - Number(stat.ctimeNs / 1_000_000n) > SETTLED_AFTER_MS;
  return { key: `file ${fields.join(' ')}`, settled };
}

/** The digest of a part of a file, in pieces between which other work goes on. Throws when the part is not there as a whole. */
export async function digestFilePart(
  part: FilePart,
  algorithm: 'sha256' | 'sha512',
  signal?: AbortSignal,
): Promise<string> {
  const file = await open(part.path, 'r');
  try {
    const hash = createHash(algorithm);
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    for (let done = 0; done < part.length; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(CHUNK, part.length - done), part.offset + done);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      done += bytesRead;
    }
    return `${algorithm}:${hash.digest('hex')}`;
  } finally {
    await file.close();
  }
}

/** By the first bytes, which decide; what the image says of itself does not. */
export function isCompressed(part: FilePart): boolean {
  const descriptor = openSync(part.path, 'r');
  try {
    const head = Math.max(0, Math.min(COMPRESSION_MAGIC_BYTES, part.length, statSync(part.path).size - part.offset));
    return detectCompression(descriptorContent(descriptor, part.offset, head).bytes()) !== 'none';
  } finally {
    closeSync(descriptor);
  }
}
