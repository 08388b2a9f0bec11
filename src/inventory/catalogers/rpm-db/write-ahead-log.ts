import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { readAt } from './reading.ts';
import { type PageSource, sqliteLayout } from './sqlite.ts';

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC_LITTLE = 0x377f0682;
const MAGIC_BIG = 0x377f0683;

/** The newest committed content of each page in the log: page number → offset of its bytes in the file. */
export interface WriteAheadLog {
  readonly pageSize: number;
  /** Pages of the whole database after the last commit. */
  readonly databasePages: number;
  readonly pages: ReadonlyMap<number, number>;
}

/**
 * Reads SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html, 4). Frames after the last commit, of an earlier
 * round or with a wrong checksum do not count, as SQLite itself has it; a log without a commit has no pages.
 */
export function parseWriteAheadLog(file: InputFile): Result<WriteAheadLog> {
  if (file.size === 0) return ok({ pageSize: 0, databasePages: 0, pages: new Map() });
  const header = readAt(file, 0, HEADER);
  if (header.length < HEADER) return err('it is cut short');
  const magic = header.readUInt32BE(0);
  if (magic !== MAGIC_LITTLE && magic !== MAGIC_BIG) return err('it does not begin as one');
  const pageSize = header.readUInt32BE(8);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0)
    return err('its page size is not valid');
  const sum = new RunningSum(magic === MAGIC_BIG);
  sum.add(header.subarray(0, 24));
  if (!sum.equals(header, 24)) return err('its checksum is wrong');
  return ok({ pageSize, ...committedFrames(file, header, pageSize, sum) });
}

function committedFrames(file: InputFile, header: Buffer, pageSize: number, sum: RunningSum) {
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let databasePages = 0;
  for (let at = HEADER; at + FRAME_HEADER + pageSize <= file.size; at += FRAME_HEADER + pageSize) {
    const frame = readAt(file, at, FRAME_HEADER + pageSize);
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sum.add(frame.subarray(0, 8));
    sum.add(frame.subarray(FRAME_HEADER));
    if (!sum.equals(frame, 16)) break;
    pending.set(frame.readUInt32BE(0), at + FRAME_HEADER);
    const pagesAfterCommit = frame.readUInt32BE(4);
    if (pagesAfterCommit === 0) continue;
    for (const [number, offset] of pending) pages.set(number, offset);
    pending.clear();
    databasePages = pagesAfterCommit;
  }
  return { pages, databasePages };
}

/** The database as it stands in the log alone; undefined unless the log holds each of its pages. */
export function pagesOfLog(file: InputFile, log: WriteAheadLog): PageSource | undefined {
  const { pages, pageSize, databasePages } = log;
  if (databasePages === 0 || pages.size < databasePages) return undefined;
  for (let number = 1; number <= databasePages; number++) if (!pages.has(number)) return undefined;
  const page = (number: number): Buffer | undefined => {
    const offset = pages.get(number);
    return offset === undefined ? undefined : readAt(file, offset, pageSize);
  };
  const layout = sqliteLayout(page(1) ?? Buffer.alloc(0));
  if (!layout.ok || layout.value.pageSize !== pageSize) return undefined;
  return { pageSize, usable: layout.value.usable, size: pages.size * pageSize, page };
}

/** The log's checksum: two 32-bit sums over pairs of words, carried on from frame to frame. */
class RunningSum {
  readonly #big: boolean;
  #first = 0;
  #second = 0;

  constructor(big: boolean) {
    this.#big = big;
  }

  add(bytes: Buffer): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const little = !this.#big;
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      this.#first = (this.#first + view.getUint32(at, little) + this.#second) >>> 0;
      this.#second = (this.#second + view.getUint32(at + 4, little) + this.#first) >>> 0;
    }
  }

  equals(bytes: Buffer, offset: number): boolean {
    return bytes.readUInt32BE(offset) === this.#first && bytes.readUInt32BE(offset + 4) === this.#second;
  }
}
