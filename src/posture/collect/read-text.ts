import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Known, known, missing } from '../known.ts';

const MAX_BYTES = 1024 * 1024;

/** The text of a small file. Files of /proc have no size to go by, and a named pipe must not be waited for. */
export async function readSmallText(path: string, maxBytes = MAX_BYTES): Promise<Known<string>> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) return missing(`${path} is no file`);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(maxBytes + 1), 0, maxBytes + 1, 0);
      const rest = bytesRead <= maxBytes ? await restOf(file, buffer, bytesRead) : bytesRead;
      return rest > maxBytes
        ? missing(`${path} has more than ${maxBytes} bytes`)
        : known(buffer.toString('utf8', 0, rest));
    } finally {
      await file.close();
    }
  } catch (error) {
    return missing(`${path} cannot be read: ${reasonOf(error)}`);
  }
}

/** A file of /proc gives a page at a time. */
async function restOf(file: Awaited<ReturnType<typeof open>>, buffer: Buffer, from: number): Promise<number> {
  let at = from;
  while (at < buffer.length) {
    const { bytesRead } = await file.read(buffer, at, buffer.length - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at;
}

export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

export function isAbsent(error: unknown): boolean {
  const reason = reasonOf(error);
  return reason === 'ENOENT' || reason === 'ENOTDIR';
}
