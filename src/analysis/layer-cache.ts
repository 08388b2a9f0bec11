import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeLeastUsed } from './eviction.ts';
import type { LayerReport } from './layer-report.ts';
import { ownDirectory } from './own-directory.ts';
import { unpackReport } from './packed-report.ts';

/**
 * Reports of layers that were analysed before, shared by all images and processes of one user.
 *
 * What may be stored, and under which key, decides whether a hostile image can use the cache, either to put a false report
 * where an honest image will look (poisoning) or to be answered with an honest image's report (borrowing). The rules:
 *
 *  1. A report is kept under a digest of bytes that were hashed in the same reading, never under a digest that the image
 *     merely states. Stored bytes and unpacked bytes are different name spaces (`stored sha256:…`, `unpacked sha256:…`),
 *     so a blob cannot pass for an archive whose digest happens to be stated elsewhere.
 *  2. A report is used for a local file only when that very file was hashed: now, or before and unchanged since (device,
 *     inode, size, and modification and change times to the nanosecond; the change time cannot be set by its owner). It is
 *     used without reading for a blob in a registry: whoever pulls that image gets bytes of the stated digest or nothing.
 *  3. The key also covers everything that the answer depends on: report format, readers, revisions, patterns.
 *  4. Incomplete reports are not kept, nor those of files that changed while they were read, nor those of directories.
 *  5. The directory and files must belong to this user and be closed to others, else the cache is not used.
 */
export interface LayerCache {
  get(key: string): LayerReport | undefined;
  /** Keeps a packed report. Failing to is no error: the next scan analyses the layer again. */
  put(key: string, packed: Uint8Array): void;
  /** True when a file of this identity was found to have this digest. */
  isVerified(identity: string, digest: string): boolean;
  markVerified(identity: string, digest: string): void;
}

const DEFAULT_MAX_BYTES = 512 * 2 ** 20;
/** Being used is noted at most this often. */
const TOUCH_AFTER_MS = 60 * 60 * 1000;
const LARGEST_FILE = 256 * 2 ** 20;

export interface LayerCacheOptions {
  /** The cache is brought back below this size by removing what was not used for longest. */
  readonly maxBytes?: number;
}

/** Opens the cache in `layers` below this directory, which is made when something is first kept. Many processes may do so at once. */
export function openLayerCache(directory: string, options: LayerCacheOptions = {}): LayerCache {
  return new DiskCache(join(directory, 'layers'), options.maxBytes ?? DEFAULT_MAX_BYTES);
}

class DiskCache implements LayerCache {
  readonly #directory: string;
  readonly #maxBytes: number;
  #written: number;

  constructor(directory: string, maxBytes: number) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    // The first write of a process looks whether the cache is full, later ones when much was added.
    this.#written = Number.POSITIVE_INFINITY;
  }

  get(key: string): LayerReport | undefined {
    const path = this.#path(key, 'report');
    const bytes = this.#read(path);
    const report = bytes && unpackReport(bytes);
    if (bytes && !report) attempt(() => rmSync(path, { force: true }));
    return report;
  }

  put(key: string, packed: Uint8Array): void {
    this.#write(this.#path(key, 'report'), packed);
  }

  isVerified(identity: string, digest: string): boolean {
    return this.#read(this.#path(identity, 'seen'))?.toString('latin1') === digest;
  }

  markVerified(identity: string, digest: string): void {
    this.#write(this.#path(identity, 'seen'), Buffer.from(digest, 'latin1'));
  }

  #path(key: string, kind: 'report' | 'seen'): string {
    return join(this.#directory, `${createHash('sha256').update(key).digest('hex')}.${kind}`);
  }

  #read(path: string): Buffer | undefined {
    if (!ownDirectory(this.#directory, 'look')) return undefined;
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.uid !== process.geteuid?.() || stat.size > LARGEST_FILE) return undefined;
    const bytes = attempt(() => readFileSync(path));
    const now = Date.now();
    if (bytes && now - stat.mtimeMs > TOUCH_AFTER_MS) attempt(() => utimesSync(path, now / 1000, now / 1000));
    return bytes;
  }

  /** Under a name of its own first, then renamed: a reader sees the whole file or none. */
  #write(path: string, bytes: Uint8Array): void {
    if (!ownDirectory(this.#directory, 'make')) return;
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    const done = attempt(() => {
      writeFileSync(temporary, bytes, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, path);
      return true;
    });
    if (!done) attempt(() => rmSync(temporary, { force: true }));
    this.#written += bytes.length;
    if (this.#written < this.#maxBytes / 16) return;
    this.#written = 0;
    removeLeastUsed(this.#directory, this.#maxBytes);
  }
}

/** The cache is a help, not a need: a full disk or a vanished file must not fail a scan. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
