import { err, ok, type Result } from '#foundation/index.ts';
import type { InputFile } from '../../cataloger.ts';
import { ByteBudget, MAX_HEADER_BYTES, readAt } from './reading.ts';
import { columnsOf, type Row, readVarint } from './sqlite-record.ts';

/** Pages of a database, numbered from 1: of the file itself, or of its write-ahead log. */
export interface PageSource {
  readonly pageSize: number;
  /** Bytes of a page that hold content; the rest is reserved for extensions. */
  readonly usable: number;
  /** Bytes of all pages. */
  readonly size: number;
  /** Undefined when there is no such page, or not the whole of it. */
  page(number: number): Buffer | undefined;
}

export type TableItem =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'page'; readonly number: number; readonly bytes: Buffer }
  | { readonly kind: 'broken'; readonly message: string };

const MAGIC = 'SQLite format 3\0';
const LEAF = 13;
const INTERIOR = 5;
const MAX_DEPTH = 40;

export function isSqlite(start: Buffer): boolean {
  return start.length >= 100 && start.toString('latin1', 0, 16) === MAGIC;
}

/** Reads the header at the start of page 1 (https://www.sqlite.org/fileformat2.html, 1.3). */
export function sqliteLayout(start: Buffer): Result<{ pageSize: number; usable: number }> {
  if (!isSqlite(start)) return err('it is not an SQLite database');
  const stored = start.readUInt16BE(16);
  const pageSize = stored === 1 ? 65_536 : stored;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) return err('the page size of the database is not valid');
  const usable = pageSize - (start[20] ?? 0);
  if (usable < 480) return err('the page size of the database is not valid');
  if (start.readUInt32BE(56) > 1) return err('the text encoding of the database is not UTF-8');
  return ok({ pageSize, usable });
}

export function pagesOfFile(file: InputFile): Result<PageSource> {
  const layout = sqliteLayout(readAt(file, 0, 100));
  if (!layout.ok) return layout;
  const { pageSize, usable } = layout.value;
  const page = (number: number): Buffer | undefined => {
    const bytes = number < 1 ? Buffer.alloc(0) : readAt(file, (number - 1) * pageSize, pageSize);
    return bytes.length === pageSize ? bytes : undefined;
  };
  return ok({ pageSize, usable, size: file.size, page });
}

/** First page of a table, looked up in the schema that every database has on page 1. */
export function findTable(source: PageSource, table: string): number | undefined {
  for (const item of walkTable(source, 1)) {
    if (item.kind !== 'row') continue;
    const [type, name, , root] = columnsOf(item.row);
    if (type === 'table' && name === table && typeof root === 'number') return root;
  }
  return undefined;
}

/**
 * Visits the b-tree of a table in key order and yields its own pages, its rows and what could not be read. Each page is
 * visited once, whatever a damaged tree points to, and rows together are never longer than the database.
 */
export function* walkTable(source: PageSource, root: number): Generator<TableItem> {
  const seen = new Set<number>();
  const budget = new ByteBudget(source.size);
  const stack: { number: number; depth: number }[] = [{ number: root, depth: 0 }];
  for (let next = stack.pop(); next !== undefined && !budget.exhausted; next = stack.pop()) {
    const { number, depth } = next;
    const bytes = seen.has(number) || depth > MAX_DEPTH ? undefined : source.page(number);
    seen.add(number);
    const cells = bytes && readCells(bytes, number === 1 ? 100 : 0, source.usable);
    if (bytes === undefined || cells === undefined) {
      yield { kind: 'broken', message: 'a page of the database is missing or damaged' };
      continue;
    }
    yield { kind: 'page', number, bytes };
    if (cells.leaf) {
      for (const offset of cells.offsets) {
        if (budget.exhausted) break;
        yield readRow(source, bytes, offset, budget);
      }
    } else {
      stack.push(...children(bytes, cells).map((child) => ({ number: child, depth: depth + 1 })));
    }
  }
}

interface Cells {
  readonly leaf: boolean;
  readonly offsets: readonly number[];
  /** Interior pages: the child with the largest keys. */
  readonly last: number;
}

function readCells(page: Buffer, start: number, usable: number): Cells | undefined {
  const type = page[start];
  if (type !== LEAF && type !== INTERIOR) return undefined;
  const count = page.readUInt16BE(start + 3);
  const pointers = start + (type === LEAF ? 8 : 12);
  if (pointers + 2 * count > usable) return undefined;
  const offsets = Array.from({ length: count }, (_, index) => page.readUInt16BE(pointers + 2 * index));
  if (offsets.some((offset) => offset < pointers || offset + 4 > usable)) return undefined;
  return { leaf: type === LEAF, offsets, last: type === INTERIOR ? page.readUInt32BE(start + 8) : 0 };
}

/** Last first, so that popping them from a stack gives key order. */
function children(page: Buffer, { offsets, last }: Cells): number[] {
  return [last, ...offsets.map((offset) => page.readUInt32BE(offset)).reverse()];
}

function readRow(source: PageSource, page: Buffer, offset: number, budget: ByteBudget): TableItem {
  const length = readVarint(page, offset);
  const key = length && readVarint(page, length.end);
  if (!budget.take(length?.value ?? 0)) {
    return { kind: 'broken', message: 'records of the database overlap; the rest was not read' };
  }
  if (!length || !key) return { kind: 'broken', message: 'a record of the database is damaged' };
  if (length.value > MAX_HEADER_BYTES)
    return { kind: 'broken', message: 'a record of the database is impossibly long' };
  const payload = readPayload(source, page, key.end, length.value);
  const headerLength = payload && readVarint(payload, 0);
  if (!payload || !headerLength || headerLength.value > payload.length || headerLength.value < headerLength.end) {
    return { kind: 'broken', message: 'a record of the database is cut short' };
  }
  const header = payload.subarray(headerLength.end, headerLength.value);
  return { kind: 'row', row: { header, payload: payload.subarray(headerLength.value) } };
}

/** Content beyond what fits the page lies in a chain of overflow pages (fileformat2, 1.6). A chain that comes back to one of its pages is damaged. */
function readPayload(source: PageSource, page: Buffer, start: number, length: number): Buffer | undefined {
  const { usable } = source;
  const local = localLength(length, usable);
  if (start + local > usable) return undefined;
  if (local === length) return page.subarray(start, start + length);
  if (start + local + 4 > usable) return undefined;
  const payload = Buffer.allocUnsafe(length);
  page.copy(payload, 0, start, start + local);
  const seen = new Set<number>();
  let next = page.readUInt32BE(start + local);
  for (let filled = local; filled < length; ) {
    const overflow = seen.has(next) ? undefined : source.page(next);
    if (overflow === undefined) return undefined;
    seen.add(next);
    const count = Math.min(usable - 4, length - filled);
    overflow.copy(payload, filled, 4, 4 + count);
    filled += count;
    next = overflow.readUInt32BE(0);
  }
  return payload;
}

function localLength(length: number, usable: number): number {
  const maximum = usable - 35;
  if (length <= maximum) return length;
  const minimum = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = minimum + ((length - minimum) % (usable - 4));
  return fitting <= maximum ? fitting : minimum;
}
