import { createHash, type Hash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open as openFile, readFile, rm, writeFile } from 'node:fs/promises';
import type { RequestHeaders } from './redirect.ts';

/** The unfinished file: what is in it is hashed, and `validator` tells which version of the resource it belongs to. */
export interface PartialFile {
  readonly path: string;
  readonly versionPath: string;
  readonly handle: FileHandle;
  readonly algorithm: string;
  readonly resumedBytes: number;
  hash: Hash;
  size: number;
  validator: string | undefined;
}

/** Opens what an earlier call left, if it may be continued, or an empty file. */
export async function openPartial(
  filePath: string,
  url: URL,
  limits: { readonly digest?: string; readonly maxBytes: number },
): Promise<PartialFile> {
  const path = `${filePath}.partial`;
  const versionPath = `${filePath}.partial-version`;
  const algorithm = limits.digest?.startsWith('sha512:') ? 'sha512' : 'sha256';
  // O_NOFOLLOW: a link planted at the predictable name must not lead our write elsewhere.
  const handle = await openFile(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const stats = await handle.stat();
  const validator = parseVersion(await readFile(versionPath, 'utf8').catch(() => ''), url);
  const keep = canResume(stats, validator, limits);
  const hash = createHash(algorithm);
  if (keep) await hashFile(handle, stats.size, hash);
  else await handle.truncate(0);
  const size = keep ? stats.size : 0;
  return {
    path,
    versionPath,
    handle,
    algorithm,
    hash,
    size,
    resumedBytes: size,
    validator: keep ? validator : undefined,
  };
}

function canResume(
  stats: Stats,
  validator: string | undefined,
  limits: { readonly digest?: string; readonly maxBytes: number },
): boolean {
  if (!stats.isFile() || stats.size > limits.maxBytes) return false;
  return limits.digest !== undefined || validator !== undefined;
}

/** Which version of which resource the partial file is: a digest of the address (which may hold a secret), then the ETag or date. */
function renderVersion(url: URL, validator: string): string {
  return `${createHash('sha256').update(url.href).digest('hex')}\n${validator}\n`;
}

function parseVersion(text: string, url: URL): string | undefined {
  const validator = text.split('\n')[1];
  return validator && text === renderVersion(url, validator) ? validator : undefined;
}

async function hashFile(handle: FileHandle, size: number, hash: Hash): Promise<void> {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (let position = 0; position < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** Notes which version the bytes that follow belong to, for a later call to ask for the rest of it. */
export async function rememberVersion(partial: PartialFile, url: URL, headers: RequestHeaders): Promise<void> {
  partial.validator = strongValidator(headers);
  const version = partial.validator === undefined ? '' : renderVersion(url, partial.validator);
  await writeFile(partial.versionPath, version, { mode: 0o600 });
}

/** A weak ETag does not promise the same bytes, so it cannot join two halves (RFC 9110, 13.1.5). */
function strongValidator(headers: RequestHeaders): string | undefined {
  const tag = headers['etag'];
  if (tag !== undefined && !tag.startsWith('W/')) return tag;
  return headers['last-modified'];
}

export async function restartPartial(partial: PartialFile): Promise<void> {
  await partial.handle.truncate(0);
  partial.size = 0;
  partial.hash = createHash(partial.algorithm);
  partial.validator = undefined;
}

export async function appendToPartial(partial: PartialFile, piece: Buffer): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await partial.handle.write(piece, done, piece.length - done, partial.size + done);
    done += bytesWritten;
  }
  partial.hash.update(piece);
  partial.size += piece.length;
}

export async function removePartial(partial: PartialFile): Promise<void> {
  await rm(partial.path, { force: true });
  await rm(partial.versionPath, { force: true });
}
