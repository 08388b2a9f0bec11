import type { ByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { type FileContent, memoryContent } from '../bytes/file-content.ts';
import { Spool } from '../bytes/spool.ts';
import { type Problem, ProblemLog } from '../problem.ts';
import type { TarEntry } from './entry.ts';
import { TarInput } from './input.ts';
import { type TarBody, TarReader } from './reader.ts';
import { sparseContent } from './sparse.ts';

export interface TarVisitor {
  /**
   * Called for every entry in order. True asks for the file's content, `peek` for its beginning first; a body nobody asks for is
   * passed over.
   */
  entry(entry: TarEntry): boolean | 'peek';
  /** The first bytes (`PEEK_BYTES`, or all there are) of the file that `entry` wanted to peek at. True asks for the content. */
  head?(entry: TarEntry, head: Uint8Array): boolean;
  /** The content that `entry` asked for; valid during the call only. */
  body(entry: TarEntry, content: FileContent): void;
}

export interface TarLimits {
  readonly maxEntries: number;
  /** Bytes of a path, longer ones are left out: no file system could hold them. */
  readonly maxPathBytes: number;
  /** Bytes of one extended header. */
  readonly maxHeaderBytes: number;
  /** Contents up to this size are kept in memory, larger ones in a temporary file without a name. */
  readonly maxMemoryBytes: number;
  /** Bytes of all contents asked for. */
  readonly maxContentBytes: number;
}

/** How much of a file is shown to `head`. */
const PEEK_BYTES = 1024;

const defaultTarLimits: TarLimits = {
  maxEntries: 5_000_000,
  maxPathBytes: 4096,
  maxHeaderBytes: 2 ** 20,
  maxMemoryBytes: 8 * 2 ** 20,
  maxContentBytes: 64 * 2 ** 30,
};

export interface TarWalkOptions {
  readonly limits?: Partial<TarLimits>;
  /** Sees every byte of the uncompressed archive, e.g. to hash it. The archive is then read to its very end. */
  readonly onChunk?: (chunk: Uint8Array) => void;
  /** Where large contents are kept while they are looked at; the system's temporary directory when absent. */
  readonly spoolDirectory?: string;
}

export interface TarWalk {
  readonly entries: number;
  /** Bytes walked over, those of bodies that were passed over included. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
  /** True when every byte of the stream was read and nothing was wrong with it. */
  readonly readToEnd: boolean;
}

/**
 * Walks a tar archive of any dialect (v7, ustar, star, GNU, PAX; sparse files unfold). Never throws for broken input: the
 * walk stops where it must, keeps what it found and says so in `problems`. What the visitor throws passes through.
 * Closes the stream.
 */
export async function walkTar(stream: ByteStream, visitor: TarVisitor, options: TarWalkOptions = {}): Promise<TarWalk> {
  const limits = { ...defaultTarLimits, ...options.limits };
  const input = new TarInput(stream, options.onChunk);
  const problems = new ProblemLog();
  const reader = new TarReader(input, limits, (problem) => problems.add(problem));
  const content = new ContentReader(input, limits, options.spoolDirectory);
  let readToEnd = false;
  try {
    await visitAll(reader, content, visitor);
    readToEnd = await finish(input, problems);
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    problems.add({ code: error.code, message: error.message, effect: 'incomplete' });
  } finally {
    content.close();
    input.close();
  }
  return { entries: reader.entries, bytes: input.position, problems: problems.list(), readToEnd };
}

async function visitAll(reader: TarReader, content: ContentReader, visitor: TarVisitor): Promise<void> {
  for (;;) {
    const next = reader.next();
    const found = next instanceof Promise ? await next : next;
    if (!found) return;
    const wanted = isWanted(found, content, visitor);
    if (wanted === true || (wanted !== false && (await wanted))) visitor.body(found.entry, await content.read(found));
    const passed = reader.pass(found);
    if (passed) await passed;
  }
}

function isWanted(body: TarBody, content: ContentReader, visitor: TarVisitor): boolean | Promise<boolean> {
  const answer = visitor.entry(body.entry);
  if (answer !== 'peek') return answer;
  const head = content.peek(body);
  return head instanceof Promise
    ? head.then((bytes) => visitor.head?.(body.entry, bytes) === true)
    : visitor.head?.(body.entry, head) === true;
}

/** What follows the end marker is not part of the archive, but belongs to the bytes whose digest counts. */
async function finish(input: TarInput, problems: ProblemLog): Promise<boolean> {
  try {
    const { garbage } = await input.drain();
    if (garbage)
      problems.add({
        code: 'tar-trailing-data',
        message: 'Something follows the end of the archive; unpackers ignore it and so did this scan.',
        effect: 'note',
      });
    return true;
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    problems.add({ code: error.code, message: `After the end of the archive: ${error.message}`, effect: 'degraded' });
    return false;
  }
}

/** Makes the body of an entry readable at any place, with one buffer for all that fit into memory. */
class ContentReader {
  readonly #input: TarInput;
  readonly #limits: TarLimits;
  readonly #directory: string | undefined;
  #buffer = Buffer.alloc(0);
  #spool: Spool | undefined;
  #bytes = 0;

  constructor(input: TarInput, limits: TarLimits, directory: string | undefined) {
    this.#input = input;
    this.#limits = limits;
    this.#directory = directory;
  }

  /** The file's beginning, valid until the next call. Of a sparse file the stored bytes: it begins with them or with zeros. */
  peek(body: TarBody): Buffer | Promise<Buffer> {
    return this.#input.peek(Math.min(PEEK_BYTES, body.unread));
  }

  async read(body: TarBody): Promise<FileContent> {
    this.#bytes += body.entry.size;
    if (this.#bytes > this.#limits.maxContentBytes) {
      throw new DamagedInput(
        'tar-content-limit',
        `The files to be read have more than ${this.#limits.maxContentBytes} bytes together; reading stopped.`,
      );
    }
    const stored = await this.#stored(body);
    return body.parts ? sparseContent(stored, body.parts, body.entry.size) : stored;
  }

  close(): void {
    this.#spool?.close();
  }

  async #stored(body: TarBody): Promise<FileContent> {
    const length = body.unread;
    const view = this.#input.view(length);
    if (view) {
      if (view.size < length)
        throw new DamagedInput('tar-truncated', 'The archive ends in the middle of an entry; fetch or write it again.');
      return view;
    }
    body.unread = 0;
    return length <= this.#limits.maxMemoryBytes ? this.#inMemory(length) : this.#spooled(length);
  }

  async #inMemory(length: number): Promise<FileContent> {
    if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafeSlow(Math.max(length, 256 * 1024));
    let filled = 0;
    await this.#input.take(length, (piece) => {
      piece.copy(this.#buffer, filled);
      filled += piece.length;
    });
    return memoryContent(this.#buffer.subarray(0, length));
  }

  async #spooled(length: number): Promise<FileContent> {
    this.#spool?.close();
    const spool = new Spool(this.#directory);
    this.#spool = spool;
    await this.#input.take(length, (piece) => spool.write(piece));
    return spool.content();
  }
}
