import type { Dirent, Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import type { SystemTree, User } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { isAbsent, reasonOf } from './read-text.ts';

/** What only an administrator or the package manager changes. */
const DIRECTORIES = ['/etc', '/usr', '/opt', '/boot'];
const MAX_ENTRIES = 600_000;
const MAX_LISTED = 200;
const AT_ONCE = 256;

/** Walks the system's directories, without following links and without leaving their file systems. Only names and modes are looked at. */
export async function collectSystemTree(
  root: string,
  users: Known<readonly User[]>,
  signal: AbortSignal,
): Promise<Known<SystemTree>> {
  if ('missing' in users) return missing(`owners have no names: ${users.missing}`);
  const walk = new Walk(root, new Set(users.known.map(({ uid }) => uid)), signal);
  for (const directory of DIRECTORIES) await walk.from(directory);
  return known(walk.found());
}

class Walk {
  #looked = 0;
  #writable: string[] = [];
  #unowned: string[] = [];
  #incomplete: string | undefined;
  readonly #root: string;
  readonly #uids: ReadonlySet<number>;
  readonly #signal: AbortSignal;

  constructor(root: string, uids: ReadonlySet<number>, signal: AbortSignal) {
    this.#root = root;
    this.#uids = uids;
    this.#signal = signal;
  }

  found(): SystemTree {
    return {
      looked: this.#looked,
      writable: this.#writable.slice(0, MAX_LISTED),
      unowned: this.#unowned.slice(0, MAX_LISTED),
      ...(this.#incomplete !== undefined && { incomplete: this.#incomplete }),
    };
  }

  async from(directory: string): Promise<void> {
    try {
      const stats = await lstat(this.#place(directory));
      if (!stats.isDirectory()) return;
      this.#judge(directory, stats);
      await this.#below(directory, stats.dev);
    } catch (error) {
      if (!isAbsent(error)) this.#incomplete ??= `${directory}: ${reasonOf(error)}`;
    }
  }

  /** A list instead of recursion: depth is the file system's choice. */
  async #below(start: string, device: number): Promise<void> {
    const open = [start];
    for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
      this.#signal.throwIfAborted();
      if (this.#looked > MAX_ENTRIES) {
        this.#incomplete ??= `there are more than ${MAX_ENTRIES} files`;
        return;
      }
      const entries = await this.#entriesOf(directory);
      for (let at = 0; at < entries.length; at += AT_ONCE)
        open.push(...(await this.#lookAt(directory, entries.slice(at, at + AT_ONCE), device)));
    }
  }

  async #entriesOf(directory: string): Promise<Dirent[]> {
    try {
      return await readdir(this.#place(directory), { withFileTypes: true });
    } catch (error) {
      if (!isAbsent(error)) this.#incomplete ??= `${directory} cannot be listed: ${reasonOf(error)}`;
      return [];
    }
  }

  /** @returns the directories among the entries */
  async #lookAt(directory: string, entries: readonly Dirent[], device: number): Promise<string[]> {
    const paths = entries.filter((entry) => !entry.isSymbolicLink()).map(({ name }) => `${directory}/${name}`);
    const stats = await Promise.all(paths.map((path) => lstat(this.#place(path)).catch(() => undefined)));
    return paths.filter((path, index) => {
      const found = stats[index];
      if (found === undefined) return false;
      this.#judge(path, found);
      return found.isDirectory() && found.dev === device;
    });
  }

  #judge(path: string, stats: Stats): void {
    this.#looked++;
    const isSticky = (stats.mode & 0o1000) !== 0;
    const isWritable = (stats.mode & 0o002) !== 0 && (stats.isFile() || (stats.isDirectory() && !isSticky));
    if (isWritable) this.#writable.push(path);
    if (!this.#uids.has(stats.uid)) this.#unowned.push(path);
  }

  #place(path: string): string {
    return `${this.#root}${path.slice(1)}`;
  }
}
