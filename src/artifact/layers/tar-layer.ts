import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import {
  DamagedInput,
  type FileContent,
  type FileSlice,
  type TarEntry,
  type TarLimits,
  type TarVisitor,
  type TarWalk,
  type UnpackLimits,
  unpackFile,
  walkTar,
} from '#foundation/index.ts';
import type { DigestAlgorithm } from '#model/index.ts';
import { ChangeRecorder } from './change-recorder.ts';
import { contentClass } from './content-class.ts';
import type { FileWish } from './file-wish.ts';
import { defaultLayerLimits, type LayerLimits, type LayerWalk, type ReadFile } from './layer-change.ts';
import type { Selection } from './selection.ts';
import { readWhiteout } from './whiteout.ts';

/** A layer archive in a local file, compressed or not. */
export interface TarLayerSource {
  readonly kind: 'file';
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

export interface TarLayerOptions {
  readonly limits?: Partial<LayerLimits>;
  readonly tarLimits?: Partial<TarLimits>;
  readonly unpackLimits?: UnpackLimits;
  /** Computes the digest of the uncompressed archive, which then is read to its last byte. */
  readonly diffIdAlgorithm?: DigestAlgorithm;
  /** False where the digest of the compressed bytes is verified by somebody else: the packed format's own sum adds nothing then. */
  readonly checkCrc?: boolean;
  readonly spoolDirectory?: string;
  /** The layer is the lowest: directories, and files that nobody wants, hide nothing and are not kept. They are nearly all of most images. */
  readonly isLowest?: boolean;
  /** Called with the number of stored bytes read since the last call, about every megabyte. */
  readonly onProgress?: (storedBytes: number) => void;
}

/** Links to links are followed this far; nobody writes longer chains of hard links. */
const MAX_LINK_PASSES = 8;

/**
 * Walks a layer archive and returns what it changes. Broken input is a problem in the result, never an exception; the walk
 * keeps what it found. Throws only what `read` throws, apart from `DamagedInput`.
 */
export async function walkTarLayer<T>(
  source: TarLayerSource,
  selection: Selection,
  read: ReadFile<T>,
  options: TarLayerOptions = {},
): Promise<LayerWalk<T>> {
  const descriptor = openSync(source.path, 'r');
  try {
    const present = fstatSync(descriptor).size - source.offset;
    const file: FileSlice = {
      descriptor,
      offset: source.offset,
      length: Math.max(0, Math.min(source.length, present)),
    };
    return await new TarLayerWalker(file, selection, read, options).walk();
  } finally {
    closeSync(descriptor);
  }
}

/** A wanted path that is a second name for a file that was not read under its first. */
interface PendingLink {
  readonly index: number;
  readonly ordinal: number;
  readonly path: string;
  readonly wishes: readonly FileWish[];
}

type LinkTable = Map<string, PendingLink[]>;

/** What is wanted of the entry at hand. `index`: where its change is, for a file that is wanted by name. */
interface WantedEntry {
  readonly index: number;
  readonly wishes: readonly FileWish[];
  readonly isNamed: boolean;
}

const NOT_WANTED: WantedEntry = { index: -1, wishes: [], isNamed: false };

class TarLayerWalker<T> {
  readonly #file: FileSlice;
  readonly #selection: Selection;
  readonly #options: TarLayerOptions;
  readonly #recorder: ChangeRecorder<T>;
  #links: LinkTable = new Map();
  #ordinal = 0;
  #wanted: WantedEntry = NOT_WANTED;

  constructor(file: FileSlice, selection: Selection, read: ReadFile<T>, options: TarLayerOptions) {
    this.#file = file;
    this.#selection = selection;
    this.#options = options;
    this.#recorder = new ChangeRecorder(read, { ...defaultLayerLimits, ...options.limits });
  }

  async walk(): Promise<LayerWalk<T>> {
    const { diffIdAlgorithm } = this.#options;
    const hash = diffIdAlgorithm ? createHash(diffIdAlgorithm) : undefined;
    const walk = await this.#walkArchive(
      {
        entry: (entry) => this.#visit(entry),
        head: (entry, head) => this.#lookAt(entry, head),
        body: (entry, content) => this.#readWanted(entry, content),
      },
      hash,
    );
    for (const problem of walk.problems) this.#recorder.problem(problem);
    await this.#readLinked();
    return {
      changes: this.#recorder.changes,
      entries: walk.entries,
      bytes: walk.bytes,
      problems: this.#recorder.problems(),
      ...(hash && walk.readToEnd ? { diffId: `${diffIdAlgorithm}:${hash.digest('hex')}` } : {}),
    };
  }

  async #walkArchive(visitor: TarVisitor, hash?: Hash): Promise<TarWalk> {
    const { checkCrc, unpackLimits, tarLimits, spoolDirectory, onProgress } = this.#options;
    try {
      const unpacked = unpackFile(this.#file, {
        ...(checkCrc === undefined ? {} : { checkCrc }),
        ...(unpackLimits ? { limits: unpackLimits } : {}),
        ...(onProgress ? { onPacked: (chunk) => onProgress(chunk.length) } : {}),
      });
      return await walkTar(unpacked.stream, visitor, {
        ...(tarLimits ? { limits: tarLimits } : {}),
        ...(spoolDirectory ? { spoolDirectory } : {}),
        ...(hash ? { onChunk: (chunk) => hash.update(chunk) } : {}),
      });
    } catch (error) {
      if (!(error instanceof DamagedInput)) throw error;
      const problem = { code: error.code, message: error.message, effect: 'incomplete' } as const;
      return { entries: 0, bytes: 0, problems: [problem], readToEnd: false };
    }
  }

  #visit(entry: TarEntry): boolean | 'peek' {
    this.#ordinal++;
    const whiteout = readWhiteout(entry.path);
    if (whiteout) {
      this.#keepWhiteout(whiteout, entry.path);
      return false;
    }
    switch (entry.kind) {
      case 'file':
        return this.#visitFile(entry);
      case 'directory':
        return this.#visitDirectory(entry);
      case 'symlink':
        this.#keep({ kind: 'link', path: entry.path, target: entry.link });
        return false;
      case 'hardlink':
        this.#visitHardLink(entry);
        return false;
      case 'other':
        return false;
      default:
        // A character device 0/0 is how an overlay file system itself marks a deletion.
        this.#keep({ kind: isOverlayWhiteout(entry) ? 'whiteout' : 'other', path: entry.path });
        return false;
    }
  }

  #visitFile(entry: TarEntry): boolean | 'peek' {
    const { path, mode } = entry;
    const wishes = [...this.#selection.wishesFor(path), ...this.#selection.wishesForMode(mode)];
    if (entry.size > 0 && this.#selection.looksInside(path, mode)) {
      this.#wanted = { index: -1, wishes, isNamed: wishes.length > 0 };
      return 'peek';
    }
    return this.#want(entry, wishes, wishes.length > 0);
  }

  #lookAt(entry: TarEntry, head: Uint8Array): boolean {
    const is = contentClass(head);
    const { wishes, isNamed } = this.#wanted;
    const more = is === undefined ? [] : this.#selection.wishesForContent(entry.path, entry.mode, is);
    return this.#want(entry, [...wishes, ...more], isNamed);
  }

  /** A file that is wanted by name leaves a trace whatever is in it; one that is only looked into, when something was found. */
  #want({ path, size }: TarEntry, wishes: readonly FileWish[], isNamed: boolean): boolean {
    const affordable = this.#recorder.affordable(path, size, wishes);
    const index = isNamed ? this.#recorder.add({ kind: 'file', path }) : -1;
    this.#wanted = { index, wishes: affordable, isNamed };
    if (!isNamed && affordable.length === 0) this.#keepIfItHides({ kind: 'file', path });
    return affordable.length > 0 && (index >= 0 || !isNamed);
  }

  #readWanted({ path, mode }: TarEntry, content: FileContent): void {
    const { index, wishes, isNamed } = this.#wanted;
    const file = { path, mode, wishes, content };
    const read = this.#recorder.readWanted(file);
    if (isNamed) this.#recorder.replace(index, path, read);
    else if (read === undefined) this.#keepIfItHides({ kind: 'file', path });
    else this.#recorder.add({ kind: 'file', path, read });
  }

  #visitDirectory(entry: TarEntry): boolean {
    if (entry.opaque && this.#matters(entry.path)) this.#recorder.add({ kind: 'opaque', path: entry.path });
    if (entry.redirected && this.#matters(entry.path)) this.#recorder.problem(redirected(entry.path));
    this.#keepIfItHides({ kind: 'directory', path: entry.path });
    return false;
  }

  #keepIfItHides(change: { kind: 'directory' | 'file'; path: string }): void {
    if (!this.#options.isLowest || this.#recorder.replaces(change.path)) this.#keep(change);
  }

  #visitHardLink(entry: TarEntry): void {
    if (!this.#selection.isRelevant(entry.path)) return;
    const index = this.#recorder.add({ kind: 'hard-link', path: entry.path, target: entry.link });
    const wishes = this.#selection.wishesFor(entry.path);
    if (index < 0 || wishes.length === 0) return;
    addLink(this.#links, entry.link, { index, ordinal: this.#ordinal, path: entry.path, wishes });
  }

  #keep(
    change:
      | { kind: 'directory' | 'file' | 'other' | 'whiteout'; path: string }
      | { kind: 'link'; path: string; target: string },
  ): void {
    if (this.#selection.isRelevant(change.path)) this.#recorder.add(change);
  }

  #keepWhiteout(whiteout: ReturnType<typeof readWhiteout>, written: string): void {
    if (!whiteout) return;
    if (whiteout.kind === 'invalid') {
      const message = 'A deletion mark of the layer names nothing that could be deleted; it was not applied.';
      this.#recorder.problem({ code: 'layer-whiteout-invalid', message, effect: 'note', subject: written });
    } else if (whiteout.kind !== 'metadata' && this.#matters(whiteout.path)) this.#recorder.add(whiteout);
  }

  #matters(path: string): boolean {
    return path === '' || this.#selection.isRelevant(path);
  }

  /** Reads the archive again for files that are wanted under a second name only. Costs a pass, and hardly any image needs it. */
  async #readLinked(): Promise<void> {
    for (let pass = 0; this.#links.size > 0 && pass < MAX_LINK_PASSES; pass++) {
      const links = this.#links;
      this.#links = new Map();
      let ordinal = 0;
      let current: readonly PendingLink[] = [];
      await this.#walkArchive({
        entry: (entry) => {
          ordinal++;
          current = (links.get(entry.path) ?? []).filter((link) => link.ordinal > ordinal);
          if (entry.kind === 'hardlink')
            for (const link of current) addLink(this.#links, entry.link, { ...link, ordinal });
          return entry.kind === 'file' && current.length > 0;
        },
        body: (entry, content) => this.#readNames(current, entry, content),
      });
    }
  }

  #readNames(links: readonly PendingLink[], entry: TarEntry, content: FileContent): void {
    for (const link of links) {
      const wishes = this.#recorder.affordable(link.path, entry.size, link.wishes);
      const { path, index } = link;
      if (wishes.length === 0) continue;
      this.#recorder.replace(index, path, this.#recorder.readWanted({ path, mode: entry.mode, wishes, content }));
    }
  }
}

function addLink(links: LinkTable, target: string, link: PendingLink): void {
  const known = links.get(target);
  if (known) known.push(link);
  else links.set(target, [link]);
}

function isOverlayWhiteout(entry: TarEntry): boolean {
  return entry.kind === 'character-device' && entry.devmajor === 0 && entry.devminor === 0;
}

function redirected(path: string) {
  const message =
    'A directory of an overlay layer continues one of another name, which is not followed; export the image and scan that.';
  return { code: 'overlay-redirect', message, effect: 'incomplete', subject: path } as const;
}
