import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '#foundation/index.ts';

/** A text file of the project, as it was when it was read. */
export interface ProjectFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Permission bits. */
  readonly mode: number;
  readonly owner: { readonly user: number; readonly group: number };
}

/**
 * Reads a file inside a directory, or says why not. The path comes from whatever was scanned: it must stay inside, and nothing
 * on the way may be a symbolic link, which could lead an edit to a file that nobody meant (CWE-59).
 */
export async function readProjectFile(root: string, path: string, maxBytes: number): Promise<Result<ProjectFile>> {
  const located = await locate(root, path);
  if (!located.ok) return located;
  try {
    // Without O_NONBLOCK a named pipe would hold the program for ever.
    const handle = await open(located.value, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stat = await handle.stat();
      const { size, mode, uid, gid } = stat;
      if (!stat.isFile()) return err(`${path} is no regular file`);
      if (size > maxBytes) return err(`${path} has ${size} bytes; more than ${maxBytes} are not edited`);
      const bytes = await handle.readFile();
      const text = textOf(bytes);
      if (text === undefined) return err(`${path} is not UTF-8; convert it to have it edited`);
      return ok({ path, text, mode: mode & 0o7777, owner: { user: uid, group: gid } });
    } finally {
      await handle.close();
    }
  } catch (error) {
    return err(failure(path, error));
  }
}

/** Where a path inside the root lies on disk. */
export async function locate(root: string, path: string): Promise<Result<string>> {
  const parts = path.split('/');
  const isInside = !path.includes('\0') && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isInside) return err(`${path} is no path inside the directory`);
  try {
    const home = await realpath(root);
    const directory = dirname(join(home, ...parts));
    if ((await realpath(directory)) !== directory)
      return err(`${path} lies behind a symbolic link, which is not followed`);
    return ok(join(home, ...parts));
  } catch (error) {
    return err(failure(path, error));
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function failure(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ELOOP') return `${path} is a symbolic link, which is not followed`;
  if (code === 'ENOENT') return `${path} is not there`;
  return `${path} cannot be read (${code})`;
}
