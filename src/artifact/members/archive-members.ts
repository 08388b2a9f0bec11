import { closeSync, openSync } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Compression, DamagedInput, ok, type Result, unpackFile } from '#foundation/index.ts';
import type { SpoolDirectory } from '../spool-directory.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { sniffCompression } from './compression.ts';
import { type Members, unreadableFile } from './members.ts';
import { tarMembers } from './tar-members.ts';

/** Opens a tar archive. One that is compressed as a whole is unpacked once into the spool: layers are then read by place. */
export async function archiveMembers(
  path: string,
  spool: SpoolDirectory,
  signal: AbortSignal,
): Promise<Result<Members, TargetError>> {
  let size: number;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return targetError('invalid', `${path} is no regular file`);
    size = stats.size;
  } catch (cause) {
    return unreadableFile(path, cause);
  }
  const compression = await sniffCompression({ path, offset: 0, length: size });
  if (!compression.ok) return compression;
  if (compression.value === 'none') return tarMembers(path);
  const unpacked = await unpackToSpool(path, size, compression.value, spool, signal);
  return unpacked.ok ? tarMembers(unpacked.value) : unpacked;
}

async function unpackToSpool(
  path: string,
  size: number,
  compression: Compression,
  spool: SpoolDirectory,
  signal: AbortSignal,
): Promise<Result<string, TargetError>> {
  let source: number | undefined;
  let target: FileHandle | undefined;
  try {
    const unpackedPath = join(spool.path(), 'archive.tar');
    source = openSync(path, 'r');
    target = await open(unpackedPath, 'wx', 0o600);
    const { stream } = unpackFile({ descriptor: source, offset: 0, length: size });
    try {
      for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
        if (signal.aborted) return targetError('aborted', `${path}: stopped while unpacking`);
        await target.writeFile(chunk);
      }
    } finally {
      stream.close();
    }
    return ok(unpackedPath);
  } catch (cause) {
    if (cause instanceof DamagedInput) return targetError('invalid', `${path} (${compression}): ${cause.message}`);
    return unreadableFile(path, cause);
  } finally {
    if (source !== undefined) closeSync(source);
    await target?.close();
  }
}
