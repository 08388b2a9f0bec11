import { closeSync, type Stats } from 'node:fs';
import { descriptorContent, type FileContent } from '#foundation/index.ts';
import { ChangeRecorder } from '../layers/change-recorder.ts';
import { contentClass, HEAD_BYTES } from '../layers/content-class.ts';
import type { FileWish } from '../layers/file-wish.ts';
import { defaultLayerLimits, type LayerLimits, type LayerWalk, type ReadFile } from '../layers/layer-change.ts';
import type { Selection } from '../layers/selection.ts';
import { readWhiteout } from '../layers/whiteout.ts';
import { DirectoryHandle, type FileKind, kindOf } from './directory-handle.ts';
import { foreignMounts } from './mounts.ts';
import { readOverlayAttributes } from './overlay-attributes.ts';

/** A root file system, or a layer that a container engine unpacked, read in place. */
export interface DirectorySource {
  readonly kind: 'directory';
  readonly path: string;
  readonly whiteouts: 'overlay' | 'aufs' | 'none';
  /** What is not entered: names, wherever they are (`.git`), and paths (`var/lib/docker`), which are said when they are met. */
  readonly passOver?: readonly string[];
}

export interface DirectoryOptions {
  readonly limits?: Partial<DirectoryLimits>;
}

export interface DirectoryLimits extends LayerLimits {
  readonly maxEntries: number;
  readonly maxDepth: number;
}

const defaultDirectoryLimits: DirectoryLimits = { ...defaultLayerLimits, maxEntries: 5_000_000, maxDepth: 256 };

/**
 * Walks a directory as if it were one layer and returns what it changes. Paths and listed directories are opened directly;
 * everything is walked only below directories where files are wanted by name. No link is followed: links are part of the
 * result, and whoever puts layers together resolves them inside the root.
 */
export async function walkDirectory<T>(
  source: DirectorySource,
  selection: Selection,
  read: ReadFile<T>,
  options: DirectoryOptions = {},
): Promise<LayerWalk<T>> {
  const walker = new DirectoryWalker(source, selection, read, { ...defaultDirectoryLimits, ...options.limits });
  walker.walk();
  if (source.whiteouts === 'overlay') await walker.readAttributes();
  return walker.result();
}

/** With any execute bit, for files whose mode is not known yet. */
const ANY_MODE = 0o777;

interface OpenFile {
  readonly path: string;
  readonly mode: number;
  /** Who wants it whatever is in it, and can have it. */
  readonly named: readonly FileWish[];
  readonly looksInside: boolean;
  /** Where its change is; -1 when it leaves a trace only if something is found in it. */
  readonly index: number;
  readonly blocks: number;
  readonly descriptor: number;
  readonly size: number;
}

interface Place {
  readonly parent: DirectoryHandle;
  readonly name: string;
  readonly path: string;
}

class DirectoryWalker<T> {
  readonly #source: DirectorySource;
  readonly #selection: Selection;
  readonly #limits: DirectoryLimits;
  readonly #recorder: ChangeRecorder<T>;
  readonly #mounts: Set<string>;
  #entries = 0;
  #bytes = 0;

  constructor(source: DirectorySource, selection: Selection, read: ReadFile<T>, limits: DirectoryLimits) {
    this.#source = source;
    this.#selection = selection;
    this.#limits = limits;
    this.#recorder = new ChangeRecorder(read, limits);
    this.#mounts = foreignMounts(source.path);
  }

  walk(): void {
    const root = this.#attempt('', () => DirectoryHandle.openRoot(this.#source.path));
    try {
      if (root) this.#visitDirectory(root, '', 0);
    } catch (error) {
      if (!(error instanceof WalkLimit)) throw error;
      this.#limitReached(error.message);
    }
  }

  result(): LayerWalk<T> {
    return {
      changes: this.#recorder.changes,
      entries: this.#entries,
      bytes: this.#bytes,
      problems: this.#recorder.problems(),
    };
  }

  /** Asks for the marks of the directories that were met, as far as they decide anything. */
  async readAttributes(): Promise<void> {
    const directories = this.#recorder.changes.filter(({ kind }) => kind === 'directory').map(({ path }) => path);
    const marks = await readOverlayAttributes(this.#source.path, directories);
    if (!marks && directories.length > 0) {
      const message =
        'Whether directories of an overlay layer hide those below could not be read; install GNU tar or export the image and scan that.';
      this.#recorder.problem({ code: 'overlay-marks-unreadable', message, effect: 'incomplete' });
    }
    for (const path of marks?.opaque ?? []) this.#recorder.add({ kind: 'opaque', path });
    for (const path of marks?.redirected ?? []) {
      const message =
        'A directory of an overlay layer continues one of another name, which is not followed; export the image and scan that.';
      this.#recorder.problem({ code: 'overlay-redirect', message, effect: 'incomplete', subject: path });
    }
  }

  #visitDirectory(handle: DirectoryHandle, directory: string, depth: number): void {
    try {
      for (const [name, kind] of this.#children(handle, directory)) {
        if (++this.#entries > this.#limits.maxEntries || depth > this.#limits.maxDepth) throw new WalkLimit(directory);
        const path = directory === '' ? name : `${directory}/${name}`;
        this.#attempt(path, () => this.#visit({ parent: handle, name, path }, kind, depth));
      }
    } finally {
      handle.close();
    }
  }

  /** All names where files are wanted by name, otherwise only those that lie on the way to something wanted. */
  #children(handle: DirectoryHandle, directory: string): Iterable<readonly [string, FileKind | undefined]> {
    if (this.#selection.isSwept(directory) || this.#selection.isListed(directory)) {
      const entries = this.#attempt(directory, () => handle.entries());
      if (entries) return entries;
    }
    const names = [...this.#selection.namesIn(directory)];
    const marks = this.#source.whiteouts === 'none' ? [] : ['.wh..wh..opq', ...names.map((name) => `.wh.${name}`)];
    return [...marks, ...names].map((name) => [name, undefined] as const);
  }

  #visit(place: Place, listedKind: FileKind | undefined, depth: number): void {
    const { path } = place;
    if (this.#source.whiteouts !== 'none' && this.#keepWhiteout(place)) return;
    if (!this.#selection.isRelevant(path) || this.#source.passOver?.includes(place.name)) return;
    if (this.#source.passOver?.includes(path)) {
      this.#storePassed(path);
      return;
    }
    if (this.#mounts.has(path)) {
      this.#mountPassed(path);
      return;
    }
    const wishes = this.#selection.wishesFor(path);
    const needsStat =
      listedKind === undefined ||
      listedKind === 'character-device' ||
      wishes.length > 0 ||
      (listedKind === 'file' && this.#selection.looksInside(path, ANY_MODE));
    const stat = needsStat ? place.parent.stat(place.name) : undefined;
    const kind = stat ? kindOf(stat) : listedKind;
    if (needsStat && !stat) return;
    if (kind === 'directory') this.#enter(place, depth);
    else if (kind === 'link') this.#recorder.add({ kind: 'link', path, target: place.parent.link(place.name) });
    else if (kind === 'file') this.#visitFile(place, stat);
    else this.#recorder.add({ kind: this.#isDeletion(kind, stat) ? 'whiteout' : 'other', path });
  }

  #enter({ parent, name, path }: Place, depth: number): void {
    if (this.#source.whiteouts !== 'none') this.#recorder.add({ kind: 'directory', path });
    const { isSwept, isListed, namesIn } = this.#selection;
    if (isSwept(path) || isListed(path) || [...namesIn(path)].length > 0)
      this.#visitDirectory(parent.directory(name), path, depth + 1);
  }

  #visitFile(place: Place, stat: Stats | undefined): void {
    const { path } = place;
    const mode = (stat?.mode ?? 0) & 0o7777;
    const named = stat ? [...this.#selection.wishesFor(path), ...this.#selection.wishesForMode(mode)] : [];
    const looksInside = stat !== undefined && stat.size > 0 && this.#selection.looksInside(path, mode);
    // Where nothing lies below, files that nobody wants and directories hide nothing.
    const isKept = named.length > 0 || this.#source.whiteouts !== 'none';
    const index = isKept ? this.#recorder.add({ kind: 'file', path }) : -1;
    if (isKept && index < 0) return;
    const affordable = this.#recorder.affordable(path, stat?.size ?? 0, named);
    const file = looksInside || affordable.length > 0 ? place.parent.open(place.name) : undefined;
    if (!file) return;
    try {
      this.#readOpen({ path, mode, named: affordable, looksInside, index, blocks: stat?.blocks ?? 0, ...file });
    } finally {
      closeSync(file.descriptor);
    }
  }

  #readOpen(file: OpenFile): void {
    const { path, mode, named, size, index } = file;
    const content = descriptorContent(file.descriptor, 0, size);
    if (this.#source.whiteouts === 'overlay' && file.blocks === 0 && isAllZeros(content)) {
      if (index >= 0) this.#recorder.changes[index] = { kind: 'content-below', path };
      return;
    }
    const is = file.looksInside ? contentClass(content.slice(0, HEAD_BYTES)) : undefined;
    const more = is === undefined ? [] : this.#selection.wishesForContent(path, mode, is);
    const wishes = [...named, ...this.#recorder.affordable(path, size, more)];
    if (wishes.length === 0) return;
    this.#bytes += size;
    const read = this.#recorder.readWanted({ path, mode, wishes, content });
    if (read === undefined) return;
    if (index >= 0) this.#recorder.replace(index, path, read);
    else this.#recorder.add({ kind: 'file', path, read });
  }

  /** AUFS and fuse-overlayfs mark deletions by file names, as layer archives do. */
  #keepWhiteout({ parent, name, path }: Place): boolean {
    if (!name.startsWith('.wh.')) return false;
    const whiteout = readWhiteout(path);
    if ((whiteout?.kind === 'whiteout' || whiteout?.kind === 'opaque') && parent.stat(name)) {
      if (whiteout.path === '' || this.#selection.isRelevant(whiteout.path)) this.#recorder.add(whiteout);
    }
    return true;
  }

  #isDeletion(kind: FileKind | undefined, stat: Stats | undefined): boolean {
    return this.#source.whiteouts === 'overlay' && kind === 'character-device' && stat?.rdev === 0;
  }

  #attempt<V>(path: string, action: () => V): V | undefined {
    try {
      return action();
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) throw error;
      // Gone or swapped since it was listed: a living system changes while it is read.
      if (code !== 'ENOENT' || path === '') this.#unreadable(path, code);
      return undefined;
    }
  }

  #unreadable(path: string, code: string): void {
    const message = `Something that belongs to the answer could not be read (${code}); scan as a user who may read it.`;
    this.#recorder.problem({
      code: 'tree-unreadable',
      message,
      effect: 'incomplete',
      subject: path === '' ? '/' : path,
    });
  }

  #mountPassed(path: string): void {
    const message = 'File systems that are mounted below the root and are not of a local disk were passed over.';
    this.#recorder.problem({ code: 'tree-mount-passed', message, effect: 'note', subject: path });
  }

  #storePassed(path: string): void {
    const message =
      'The images and containers that an engine keeps on this machine are not part of its own packages and were passed over; scan them by their names.';
    this.#recorder.problem({ code: 'engine-store-passed', message, effect: 'note', subject: path });
  }

  #limitReached(path: string): void {
    const message = 'The tree has more entries or is deeper than is walked; what lies beyond was left out.';
    this.#recorder.problem({ code: 'tree-limit', message, effect: 'incomplete', subject: path });
  }
}

/** Ends the walk from any depth; its message is the directory. */
class WalkLimit extends Error {}

const ZERO_CHECK_BYTES = 1024 * 1024;

/** An overlay's copy of a file's metadata alone reads as zeros; tiny files of some file systems also occupy no blocks. */
function isAllZeros(content: FileContent): boolean {
  for (let offset = 0; offset < content.size; offset += ZERO_CHECK_BYTES) {
    if (content.slice(offset, ZERO_CHECK_BYTES).some((byte) => byte !== 0)) return false;
  }
  return content.size > 0;
}
