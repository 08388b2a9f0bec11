import { DamagedInput } from '../bytes/damaged-input.ts';
import type { Problem } from '../problem.ts';
import { BLOCK, checksumHolds, type HeaderBlock, isZeroBlock, parseBlock } from './block.ts';
import { entryKind, hasBody, type TarEntry } from './entry.ts';
import { type Extensions, extend, isExtension, isPlain, isSparse, readPax } from './extensions.ts';
import type { TarInput } from './input.ts';
import { parseDecimal } from './pax.ts';
import {
  isSoundMap,
  MAX_SPARSE_PARTS,
  oldSparseSize,
  parseOldSparse,
  parseSparseLines,
  parseSparseText,
  type SparsePart,
} from './sparse.ts';
import { leavesRoot, normalisePath } from './text.ts';

/** An entry with the state of its body in the input. */
export interface TarBody {
  readonly entry: TarEntry;
  /** Where the stored bytes belong in a sparse file. */
  readonly parts: readonly SparsePart[] | undefined;
  /** Stored bytes that were not read yet, and the filling up to the next block. */
  unread: number;
  padding: number;
}

interface ReaderLimits {
  readonly maxEntries: number;
  readonly maxPathBytes: number;
  readonly maxHeaderBytes: number;
}

/**
 * Reads header after header and gives entries. It follows Go's archive/tar, the reader of the container engines, wherever
 * readers disagree: which extension wins, which types have bodies, where an archive ends.
 */
export class TarReader {
  readonly #input: TarInput;
  readonly #limits: ReaderLimits;
  readonly #report: (problem: Problem) => void;
  #headers = 0;
  entries = 0;

  constructor(input: TarInput, limits: ReaderLimits, report: (problem: Problem) => void) {
    this.#input = input;
    this.#limits = limits;
    this.#report = report;
  }

  /**
   * The next entry, `undefined` at the end of the archive. The body before it must have been passed. Most headers, extended
   * ones too, lie in the chunk at hand: no turn of the event loop for them.
   */
  next(): TarBody | undefined | Promise<TarBody | undefined> {
    const extensions: Extensions = {};
    for (;;) {
      if (!this.#input.nextBlock()) return this.#nextSlowly(extensions);
      if (isZeroBlock(this.#input.block, this.#input.blockAt)) return this.#end();
      const header = this.#header();
      const extension = isExtension(header)
        ? this.#input.takeInChunk(header.size + paddingAfter(header.size))
        : undefined;
      if (extension) extend(extensions, header, extension.subarray(0, header.size));
      else if (isPlain(header, extensions)) {
        const body = this.#body(header, extensions, undefined);
        return this.#isKept(body) ? body : this.#nextSlowly({}, undefined, body);
      } else return this.#nextSlowly(extensions, header);
    }
  }

  /** Passes over what is left of a body; nothing to wait for when it lies in the chunk at hand. */
  pass(body: TarBody): Promise<void> | undefined {
    const rest = body.unread + body.padding;
    return rest === 0 || this.#input.passInChunk(rest) ? undefined : this.#input.pass(rest);
  }

  async #nextSlowly(pending: Extensions, first?: HeaderBlock, leftOut?: TarBody): Promise<TarBody | undefined> {
    if (leftOut) await this.pass(leftOut);
    let extensions = pending;
    for (let header = first ?? (await this.#readHeader()); header; header = await this.#readHeader()) {
      if (header.typeflag === 'g') {
        await this.#readGlobalHeader(header);
        extensions = {};
      } else if (isExtension(header)) extend(extensions, header, await this.#readExtension(header));
      else {
        const body = await this.#extendedBody(header, extensions);
        if (this.#isKept(body)) return body;
        await this.pass(body);
        extensions = {};
      }
    }
    return undefined;
  }

  async #readHeader(): Promise<HeaderBlock | undefined> {
    if (!this.#input.nextBlock() && !(await this.#input.readBlock())) {
      this.#report({
        code: 'tar-no-end',
        message: 'The archive has no end marker; it may have been cut between two entries.',
        effect: 'incomplete',
      });
      return undefined;
    }
    if (isZeroBlock(this.#input.block, this.#input.blockAt)) return this.#end();
    return this.#header();
  }

  /** After the first zero block of the end marker. */
  async #end(): Promise<undefined> {
    if (!this.#input.nextBlock() && !(await this.#input.readBlock())) return;
    if (isZeroBlock(this.#input.block, this.#input.blockAt)) return;
    throw new DamagedInput(
      'tar-damaged',
      'The archive goes on after a block of zeros, where readers disagree; write it again.',
    );
  }

  #header(): HeaderBlock {
    const { block, blockAt } = this.#input;
    if (++this.#headers > this.#limits.maxEntries) {
      throw new DamagedInput(
        'tar-entry-limit',
        `The archive has more than ${this.#limits.maxEntries} entries; reading stopped there.`,
      );
    }
    const header = checksumHolds(block, blockAt) ? parseBlock(block, blockAt) : undefined;
    if (header) return header;
    const message =
      this.#headers === 1
        ? 'The data is not a tar archive; it may be damaged, or an error page was saved in its place.'
        : 'An entry header of the archive is damaged; fetch or write it again.';
    throw new DamagedInput('tar-damaged', message);
  }

  /** Go's reader, and so the engines, do not apply global headers; others do. One that renames or resizes would split them. */
  async #readGlobalHeader(header: HeaderBlock): Promise<void> {
    const pax = readPax(await this.#readExtension(header));
    if (pax.path === undefined && pax.linkpath === undefined && pax.size === undefined) return;
    this.#report({
      code: 'tar-global-override',
      message:
        'The archive renames or resizes entries by a global header, which unpackers treat differently; it was not applied.',
      effect: 'incomplete',
    });
  }

  async #readExtension(header: HeaderBlock): Promise<Buffer> {
    if (header.size > this.#limits.maxHeaderBytes) {
      throw new DamagedInput(
        'tar-header-limit',
        `An extended header of the archive has more than ${this.#limits.maxHeaderBytes} bytes; reading stopped there.`,
      );
    }
    const body = await this.#take(header.size);
    await this.#input.pass(paddingAfter(header.size));
    return body;
  }

  async #take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    await this.#input.take(length, (piece) => pieces.push(Buffer.from(piece)));
    return Buffer.concat(pieces);
  }

  async #extendedBody(header: HeaderBlock, extensions: Extensions): Promise<TarBody> {
    if (header.typeflag === 'S') return this.#oldSparseBody(header, extensions);
    const sparse = extensions.pax?.sparse;
    if (sparse && isSparse(sparse)) return this.#paxSparseBody(header, extensions, sparse);
    return this.#body(header, extensions, undefined);
  }

  async #oldSparseBody(header: HeaderBlock, extensions: Extensions): Promise<TarBody> {
    const size = oldSparseSize(this.#input.block, this.#input.blockAt);
    const parts: SparsePart[] = [];
    let kind: 'header' | 'extension' = 'header';
    for (let more = true; more; kind = 'extension') {
      if (kind === 'extension' && !this.#input.nextBlock() && !(await this.#input.readBlock())) throw badSparse();
      const found = parseOldSparse(this.#input.block, this.#input.blockAt, kind);
      if (!found || parts.length > MAX_SPARSE_PARTS) throw badSparse();
      parts.push(...found.parts);
      more = found.more;
    }
    if (size === undefined || header.format !== 'gnu') throw badSparse();
    return this.#body(header, extensions, { parts, size, mapBytes: 0 });
  }

  async #paxSparseBody(
    header: HeaderBlock,
    extensions: Extensions,
    sparse: Readonly<Record<string, string>>,
  ): Promise<TarBody> {
    const size = parseDecimal(sparse['realsize'] ?? sparse['size'] ?? '');
    const map =
      sparse['major'] === '1'
        ? await this.#readSparseLines(extensions.pax?.size ?? header.size)
        : textMap(sparse['map'] ?? '');
    if (size === undefined) throw badSparse();
    return this.#body(header, extensions, { ...map, size, ...(sparse['name'] ? { name: sparse['name'] } : {}) });
  }

  /** Format 1.0 has its map at the head of the body: whole blocks of lines, the first line says how many pairs follow. */
  async #readSparseLines(stored: number): Promise<{ parts: SparsePart[]; mapBytes: number }> {
    const blocks: Buffer[] = [];
    let lines = 0;
    let wanted = 1;
    while (lines < wanted) {
      const bytes = (blocks.length + 1) * BLOCK;
      if (bytes > stored || bytes > this.#limits.maxHeaderBytes * 4) throw badSparse();
      const block = await this.#take(BLOCK);
      blocks.push(block);
      for (const byte of block) if (byte === 0x0a) lines++;
      if (wanted === 1) wanted = 1 + 2 * (parseDecimal(firstLine(Buffer.concat(blocks))) ?? MAX_SPARSE_PARTS + 1);
      if (wanted > 2 * MAX_SPARSE_PARTS + 1) throw badSparse();
    }
    const map = parseSparseLines(Buffer.concat(blocks));
    if (!map) throw badSparse();
    return { parts: map, mapBytes: blocks.length * BLOCK };
  }

  #body(header: HeaderBlock, extensions: Extensions, sparse: SparseBody | undefined): TarBody {
    const name = sparse?.name ?? extensions.longName ?? extensions.pax?.path ?? header.name;
    const link = extensions.longLink ?? extensions.pax?.linkpath ?? header.linkname;
    const kind = entryKind(header.typeflag, name);
    const inArchive = hasBody(header.typeflag) ? (extensions.pax?.size ?? header.size) : 0;
    const storedSize = inArchive - (sparse?.mapBytes ?? 0);
    if (sparse && !isSoundMap(sparse.parts, sparse.size, storedSize)) throw badSparse();
    this.#noteEscape(name);
    const entry: TarEntry = {
      path: normalisePath(name),
      kind,
      size: kind === 'file' ? (sparse?.size ?? storedSize) : 0,
      link: kind === 'hardlink' ? normalisePath(link) : kind === 'symlink' ? link : '',
      mode: header.mode,
      devmajor: header.devmajor,
      devminor: header.devminor,
      opaque: extensions.pax?.opaque === true,
      redirected: extensions.pax?.redirected === true,
      bodyOffset: this.#input.position,
      storedSize,
      sparse: sparse !== undefined,
    };
    return { entry, parts: sparse?.parts, unread: storedSize, padding: paddingAfter(inArchive) };
  }

  #isKept(body: TarBody): boolean {
    this.entries++;
    if (body.entry.path.length <= this.#limits.maxPathBytes) return true;
    this.#report({
      code: 'tar-path-limit',
      message: `Entries whose path is longer than ${this.#limits.maxPathBytes} characters were left out; no file system could hold them.`,
      effect: 'incomplete',
      subject: `${body.entry.path.slice(0, 100)}…`,
    });
    return false;
  }

  #noteEscape(name: string): void {
    if (!leavesRoot(name)) return;
    this.#report({
      code: 'tar-path-escape',
      message: 'Entries whose path leads out of the root were read as inside it.',
      effect: 'note',
      subject: name.slice(0, 200),
    });
  }
}

interface SparseBody {
  readonly parts: readonly SparsePart[];
  readonly size: number;
  readonly mapBytes: number;
  readonly name?: string;
}

function textMap(map: string): { parts: SparsePart[]; mapBytes: number } {
  const parts = parseSparseText(map);
  if (!parts) throw badSparse();
  return { parts, mapBytes: 0 };
}

function firstLine(bytes: Buffer): string {
  return bytes.toString('latin1', 0, Math.max(0, bytes.indexOf(0x0a)));
}

function badSparse(): DamagedInput {
  return new DamagedInput(
    'tar-damaged',
    'The map of a sparse file in the archive contradicts itself or cannot be read.',
  );
}

function paddingAfter(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}
