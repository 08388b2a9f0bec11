import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** A regular file on disk or a part of one. */
export interface MemberFile {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** The files of an image layout, whether they lie in a directory or in an archive. */
export interface Members {
  /** `name` is relative, without `.` or `..` parts. Links inside an archive are followed; nothing leads outside it. */
  find(name: string): Promise<MemberFile | undefined>;
}

/** Members that are files below a directory. Only names made by us or checked digests get here. */
export function directoryMembers(root: string): Members {
  return {
    async find(name) {
      const path = join(root, name);
      const stats = await stat(path).catch(() => undefined);
      // A pipe or device in the place of a blob would hang the reader.
      return stats?.isFile() ? { path, offset: 0, length: stats.size } : undefined;
    },
  };
}

/** Reads a small member whole. */
export async function readMember(member: MemberFile, maxBytes: number): Promise<Result<Buffer, TargetError>> {
  if (member.length > maxBytes) {
    return targetError(
      'invalid',
      `${member.path}: a document in it has ${member.length} bytes; more than ${maxBytes} are not read for one of its kind`,
    );
  }
  try {
    const file = await open(member.path, constants.O_RDONLY);
    try {
      const buffer = Buffer.alloc(member.length);
      let filled = 0;
      while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, member.offset + filled);
        if (bytesRead === 0)
          return targetError('invalid', `${member.path} ends too early: it was cut off or is still being written`);
        filled += bytesRead;
      }
      return ok(buffer);
    } finally {
      await file.close();
    }
  } catch (cause) {
    return unreadableFile(member.path, cause);
  }
}

/** Puts a failed file operation into words. What is no system error is a mistake of ours and thrown on. */
export function unreadableFile(path: string, cause: unknown): { readonly ok: false; readonly error: TargetError } {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (typeof code !== 'string') throw cause;
  if (code === 'ENOENT') return targetError('not-found', `${path} does not exist`);
  if (code === 'EACCES' || code === 'EPERM') return targetError('denied', `${path} may not be read by this user`);
  if (code === 'ENOSPC') return targetError('unreachable', `no space is left for temporary files (${path})`);
  return targetError('unreachable', `${path} cannot be read (${code})`);
}
