import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ChangedFile, PackageFiles } from '../evidence.ts';
import { type Known, known, missing } from '../known.ts';
import { isAbsent, readSmallText, reasonOf } from './read-text.ts';

const INFO = 'var/lib/dpkg/info';
const MAX_LIST_BYTES = 32 * 1024 * 1024;
const MAX_FILES = 400_000;
const MAX_BYTES = 16 * 1024 ** 3;
const MAX_LISTED = 200;
const AT_ONCE = 4;

/** What runs or decides how something runs. Manuals and translations are left out: they are most of the files and none of the danger. */
const wanted = /^(?:etc|(?:usr\/)?(?:s?bin|lib(?:32|64|x32)?|libexec)|usr\/local)\//;

/**
 * Compares programs, libraries and settings with the checksums that dpkg keeps of what it unpacked. Files that packages declare as
 * configuration have none there: they are meant to be changed.
 */
export async function collectPackageFiles(root: string, signal: AbortSignal): Promise<Known<PackageFiles>> {
  const names = await listsIn(`${root}${INFO}`);
  if ('missing' in names) return names;
  const diversions = await diversionsOf(root);
  const comparison = new Comparison(root, diversions, signal);
  for (const name of names.known) await comparison.add(name);
  return known(comparison.found());
}

async function listsIn(directory: string): Promise<Known<string[]>> {
  try {
    return known((await readdir(directory)).filter((name) => name.endsWith('.md5sums')).sort());
  } catch (error) {
    if (isAbsent(error)) return missing('checksums of packages are known of dpkg only, and there is none here');
    return missing(`the checksums of dpkg cannot be listed: ${reasonOf(error)}`);
  }
}

export interface Checksum {
  /** Without a slash before it, as dpkg writes it. */
  readonly path: string;
  readonly md5: string;
}

export function parseChecksums(text: string): Checksum[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([0-9a-f]{32}) [ *](.{1,4096})$/.exec(line);
    const [, md5 = '', path = ''] = match ?? [];
    return match && !path.split('/').includes('..') ? [{ path, md5 }] : [];
  });
}

/** `from`, `to` and the package that asked, a line each; see dpkg-divert(1). By path: where its own package's file went, and for whom. */
export function parseDiversions(text: string): Map<string, { readonly to: string; readonly by: string }> {
  const lines = text.split('\n');
  const found = new Map<string, { to: string; by: string }>();
  for (let at = 0; at + 2 < lines.length; at += 3) {
    const [from = '', to = '', by = ''] = lines.slice(at, at + 3);
    if (from.startsWith('/') && to.startsWith('/') && by !== '') found.set(from.slice(1), { to: to.slice(1), by });
  }
  return found;
}

async function diversionsOf(root: string): Promise<ReturnType<typeof parseDiversions>> {
  const text = await readSmallText(`${root}var/lib/dpkg/diversions`, MAX_LIST_BYTES);
  return 'known' in text ? parseDiversions(text.known) : new Map();
}

class Comparison {
  #compared = 0;
  #bytes = 0;
  #changed: ChangedFile[] = [];
  #incomplete: string | undefined;
  readonly #root: string;
  readonly #diversions: ReturnType<typeof parseDiversions>;
  readonly #signal: AbortSignal;

  constructor(root: string, diversions: ReturnType<typeof parseDiversions>, signal: AbortSignal) {
    this.#root = root;
    this.#diversions = diversions;
    this.#signal = signal;
  }

  found(): PackageFiles {
    return {
      compared: this.#compared,
      changed: this.#changed.slice(0, MAX_LISTED),
      ...(this.#incomplete !== undefined && { incomplete: this.#incomplete }),
    };
  }

  async add(list: string): Promise<void> {
    const text = await readSmallText(`${this.#root}${INFO}/${list}`, MAX_LIST_BYTES);
    if ('missing' in text) {
      this.#incomplete ??= text.missing;
      return;
    }
    const owner = list.replace(/(?::[a-z0-9-]{1,32})?\.md5sums$/, '');
    const files = parseChecksums(text.known).filter(({ path }) => wanted.test(path));
    for (let at = 0; at < files.length; at += AT_ONCE) {
      this.#signal.throwIfAborted();
      if (this.#isOver()) return;
      await Promise.all(files.slice(at, at + AT_ONCE).map((file) => this.#compare(file, owner)));
    }
  }

  #isOver(): boolean {
    if (this.#compared < MAX_FILES && this.#bytes < MAX_BYTES) return false;
    this.#incomplete ??= `there is more than ${MAX_FILES} files or ${MAX_BYTES / 1024 ** 3} GiB to compare`;
    return true;
  }

  /** A file that is not there was left out by the administrator or is made anew by its package: neither is a changed one. */
  async #compare({ path, md5 }: Checksum, owner: string): Promise<void> {
    const diversion = this.#diversions.get(path);
    const place = diversion !== undefined && diversion.by !== owner ? diversion.to : path;
    try {
      const stats = await stat(`${this.#root}${place}`);
      if (!stats.isFile()) return;
      this.#compared++;
      this.#bytes += stats.size;
      if ((await md5Of(`${this.#root}${place}`)) !== md5) this.#changed.push({ path: `/${place}`, package: owner });
    } catch (error) {
      if (!isAbsent(error)) this.#incomplete ??= `/${place} cannot be read: ${reasonOf(error)}`;
    }
  }
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
