import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { ByteBudget, type Item, MAX_HEADER_BYTES, readAt } from './reading.ts';

const HASH_MAGIC = 0x061561;
const PAGE_HEADER = 26;
const PAGE_OVERFLOW = 7;
const PAGE_HASH = 13;
const PAGE_HASH_UNSORTED = 2;
const ITEM_KEY_DATA = 1;
const ITEM_OFF_PAGE = 3;
const SCAN_BYTES = 256 * 1024;

interface Layout {
  readonly pageSize: number;
  readonly lastPage: number;
  readonly u16: (bytes: Buffer, offset: number) => number;
  readonly u32: (bytes: Buffer, offset: number) => number;
}

export function isBerkeleyDb(start: Buffer): boolean {
  return start.length >= 72 && (start.readUInt32LE(12) === HASH_MAGIC || start.readUInt32BE(12) === HASH_MAGIC);
}

/**
 * Headers of rpm's `Packages` in Berkeley DB's hash form (rpm up to 4.15): every hash page is visited in file order, values
 * that do not fit a page are followed through their chain of overflow pages. The page layout is that of db_page.h of Berkeley DB 4 and 5.
 */
export function* berkeleyDbHeaders(file: InputFile): Generator<Item> {
  const layout = readLayout(file);
  if (!layout.ok) {
    yield { broken: layout.error };
    return;
  }
  const { pageSize, lastPage } = layout.value;
  if (lastPage >= Math.floor(file.size / pageSize)) yield { broken: 'the database is shorter than it says' };
  const budget = new ByteBudget(file.size);
  for (const page of pagesOf(file, pageSize)) {
    if (isHashPage(page)) yield* pageHeaders(file, page, layout.value, budget);
    else if (isDamaged(page)) yield { broken: 'a page of the database is of an unknown kind' };
  }
}

/** All pages but the first, read in large steps. */
function* pagesOf(file: InputFile, pageSize: number): Generator<Buffer> {
  const step = Math.max(pageSize, SCAN_BYTES);
  for (let offset = pageSize; offset < file.size; offset += step) {
    const window = readAt(file, offset, step);
    for (let at = 0; at + pageSize <= window.length; at += pageSize) yield window.subarray(at, at + pageSize);
  }
}

function isHashPage(page: Buffer): boolean {
  return page[25] === PAGE_HASH || page[25] === PAGE_HASH_UNSORTED;
}

/** Pages that are free or were never used have no kind and no entries. */
function isDamaged(page: Buffer): boolean {
  return page[25] !== PAGE_OVERFLOW && !(page[25] === 0 && page[20] === 0 && page[21] === 0);
}

function readLayout(file: InputFile): Result<Layout> {
  const meta = readAt(file, 0, 512);
  if (meta.length < 512) return err('the database is cut short');
  const little = meta.readUInt32LE(12) === HASH_MAGIC;
  const u16 = (bytes: Buffer, offset: number): number =>
    little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
  const u32 = (bytes: Buffer, offset: number): number =>
    little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
  const pageSize = u32(meta, 20);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0)
    return err('the page size of the database is not valid');
  if (meta[24] !== 0) return err('the database is encrypted');
  return ok({ pageSize, lastPage: u32(meta, 32), u16, u32 });
}

/** Items come in pairs of key and value; item `i` ends where item `i - 1` begins, the first at the end of the page. */
function* pageHeaders(file: InputFile, page: Buffer, layout: Layout, budget: ByteBudget): Generator<Item> {
  const items = layout.u16(page, 20);
  if (PAGE_HEADER + 2 * items > layout.pageSize || items % 2 !== 0) {
    yield { broken: 'a page of the database has an impossible number of entries' };
    return;
  }
  for (let value = 1; value < items && !budget.exhausted; value += 2) {
    const key = itemAt(page, value - 1, layout);
    const item = itemAt(page, value, layout);
    if (key === undefined || item === undefined) {
      budget.take(0);
      yield { broken: 'an entry of the database lies outside its page' };
    } else if (!isCounter(key)) {
      yield readValue(file, item, layout, budget);
    }
  }
}

function itemAt(page: Buffer, index: number, { u16, pageSize }: Layout): Buffer | undefined {
  const start = u16(page, PAGE_HEADER + 2 * index);
  const end = index === 0 ? pageSize : u16(page, PAGE_HEADER + 2 * (index - 1));
  return start >= PAGE_HEADER && start < end && end <= pageSize ? page.subarray(start, end) : undefined;
}

/** Key 0 holds the number for the next package to be installed, no header. */
function isCounter(key: Buffer): boolean {
  return key.length === 5 && key.readUInt32LE(1) === 0;
}

function readValue(file: InputFile, item: Buffer, layout: Layout, budget: ByteBudget): Item {
  const offPage = item[0] === ITEM_OFF_PAGE && item.length >= 12;
  const length = offPage ? layout.u32(item, 8) : item.length;
  if (!budget.take(length)) return { broken: 'records of the database overlap; the rest was not read' };
  if (item[0] === ITEM_KEY_DATA) return { blob: item.subarray(1) };
  if (!offPage) return { broken: 'an entry of the database has an unknown form' };
  if (length > MAX_HEADER_BYTES) return { broken: 'a record of the database is impossibly long' };
  return readChain(file, layout.u32(item, 4), length, layout);
}

/** Reads exactly `length` bytes. A chain that comes back to one of its pages is damaged. */
function readChain(file: InputFile, firstPage: number, length: number, { pageSize, u16, u32 }: Layout): Item {
  const blob = Buffer.allocUnsafe(length);
  const seen = new Set<number>();
  let filled = 0;
  for (let number = firstPage; filled < length; ) {
    const page = readAt(file, number * pageSize, pageSize);
    if (number === 0 || seen.has(number) || page.length < pageSize || page[25] !== PAGE_OVERFLOW)
      return { broken: 'a record of the database is cut short' };
    const count = Math.min(u16(page, 22), pageSize - PAGE_HEADER, length - filled);
    seen.add(number);
    if (count === 0) return { broken: 'a record of the database is cut short' };
    page.copy(blob, filled, PAGE_HEADER, PAGE_HEADER + count);
    filled += count;
    number = u32(page, 16);
  }
  return { blob };
}
