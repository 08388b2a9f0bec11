import {
  closeSync,
  constants,
  type Dirent,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  type Stats,
} from 'node:fs';

/** O_PATH of Linux, which Node does not name: a handle on a directory that needs no right to list it. */
const O_PATH = 0o10000000;
const DIRECTORY_FLAGS = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;
const FILE_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

const hasProc = existsSync('/proc/self/fd');

export type FileKind = 'file' | 'directory' | 'link' | 'character-device' | 'other';

/** `undefined` when a listing does not say. */
export function kindOf(entry: Stats | Dirent): FileKind | undefined {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isCharacterDevice()) return 'character-device';
  return entry.isBlockDevice() || entry.isFIFO() || entry.isSocket() ? 'other' : undefined;
}

/**
 * An open directory whose children are reached through the handle, not through its path. Every step opens one name without
 * following links, so nobody who swaps a directory for a link in the meantime can lead the reader elsewhere. Where /proc
 * is missing, paths are used: links are still not followed, but a swap in the very moment could be.
 */
export class DirectoryHandle {
  readonly #descriptor: number;
  readonly #base: string;

  private constructor(descriptor: number, path: string) {
    this.#descriptor = descriptor;
    this.#base = hasProc ? `/proc/self/fd/${descriptor}` : path;
  }

  /** Opens the directory that stands for the root; the caller vouches for this path, links in it are followed. */
  static openRoot(path: string): DirectoryHandle {
    return new DirectoryHandle(openSync(path, O_PATH | constants.O_DIRECTORY), path);
  }

  directory(name: string): DirectoryHandle {
    const path = this.#child(name);
    return new DirectoryHandle(openSync(path, DIRECTORY_FLAGS), path);
  }

  /** Of the name itself, not of what it links to; `undefined` when there is nothing. */
  stat(name: string): Stats | undefined {
    return lstatSync(this.#child(name), { throwIfNoEntry: false });
  }

  link(name: string): string {
    return readlinkSync(this.#child(name));
  }

  /** Names with what they are, as far as the file system says so in its listing. */
  entries(): (readonly [name: string, kind: FileKind | undefined])[] {
    return readdirSync(this.#base, { withFileTypes: true }).map((entry) => [entry.name, kindOf(entry)] as const);
  }

  /** Opens a regular file for reading; `undefined` when it is anything else by now. Never waits for a pipe's other end. */
  open(name: string): { readonly descriptor: number; readonly size: number } | undefined {
    const descriptor = openSync(this.#child(name), FILE_FLAGS);
    const stat = fstatSync(descriptor);
    if (stat.isFile()) return { descriptor, size: stat.size };
    closeSync(descriptor);
    return undefined;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #child(name: string): string {
    return `${this.#base}/${name}`;
  }
}
