import { closeSync, fstatSync, openSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { err, fileAccess, ok, type RandomAccess, type Result } from '#foundation/index.ts';
import type { BlockCache } from './block-cache.ts';
import {
  BLOCK_ENTRY_BYTES,
  type BlockPlace,
  checkHeader,
  decodeFooter,
  type Extent,
  FOOTER_BYTES,
  type Footer,
  HEADER_BYTES,
  readBlockEntry,
  unpackBlock,
} from './shard-format.ts';

const RECORD_ENTRY_BYTES = BLOCK_ENTRY_BYTES + 4;

/**
 * Point reads in one shard. Opening reads header and footer; tables are read and checked at the first look-up. Look-ups
 * throw `AdvisoryDatabaseError` when the file turns out damaged.
 */
export class ShardReader {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #access: RandomAccess;
  readonly #footer: Footer;
  readonly #cache: BlockCache;
  #keys: KeyTable | undefined;
  #records: Buffer | undefined;

  private constructor(path: string, descriptor: number, access: RandomAccess, footer: Footer, cache: BlockCache) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#access = access;
    this.#footer = footer;
    this.#cache = cache;
  }

  /** Throws the system's error when there is no such file: the caller knows whether it may have been replaced just now. */
  static open(path: string, bytes: number, cache: BlockCache): Result<ShardReader> {
    const descriptor = openSync(path, 'r');
    const footer = readFooter(descriptor, bytes);
    if (footer.ok) return ok(new ShardReader(path, descriptor, fileAccess(descriptor, bytes), footer.value, cache));
    closeSync(descriptor);
    return footer;
  }

  /** The JSON list that stands for the key; undefined when the key is not there. */
  find(key: string): string | undefined {
    const table = this.#keyTable();
    const block = table.blockFor(key);
    if (block < 0) return undefined;
    return findLine(this.#block(`k${block}`, table.place(block)), key);
  }

  /** The JSON of the advisory with this ordinal. */
  record(ordinal: number): string {
    const table = this.#recordTable();
    let low = 0;
    let high = table.length / RECORD_ENTRY_BYTES;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (firstOrdinal(table, middle) <= ordinal) low = middle;
      else high = middle;
    }
    if (high === 0) throw this.#damaged('a statement names an advisory that is not there');
    const text = this.#block(`r${low}`, readBlockEntry(table, low * RECORD_ENTRY_BYTES));
    const line = nthLine(text, ordinal - firstOrdinal(table, low));
    if (line === undefined) throw this.#damaged('a statement names an advisory that is not there');
    return line;
  }

  /** Reads and checks every table and block; what an import does before it trusts a file. */
  *allBlocks(): Generator<{ readonly kind: 'key' | 'record'; readonly text: string }> {
    const records = this.#recordTable();
    for (let at = 0; at < records.length; at += RECORD_ENTRY_BYTES) {
      yield { kind: 'record', text: this.#readBlock(readBlockEntry(records, at)) };
    }
    const keys = this.#keyTable();
    for (let block = 0; block < keys.count; block += 1) yield { kind: 'key', text: this.#readBlock(keys.place(block)) };
  }

  description(): Buffer {
    return this.#readExtent(this.#footer.description);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #keyTable(): KeyTable {
    this.#keys ??= this.#openKeyTable();
    return this.#keys;
  }

  #openKeyTable(): KeyTable {
    const table = KeyTable.parse(this.#readExtent(this.#footer.keyTable));
    if (table === undefined) throw this.#damaged('its key table is damaged');
    return table;
  }

  #recordTable(): Buffer {
    this.#records ??= this.#readExtent(this.#footer.recordTable);
    if (this.#records.length % RECORD_ENTRY_BYTES !== 0) throw this.#damaged('its record table is damaged');
    return this.#records;
  }

  #readExtent(extent: Extent): Buffer {
    const bytes = Buffer.from(this.#access.read(extent.offset, extent.bytes));
    if (bytes.length !== extent.bytes || crc32(bytes) !== extent.crc) throw this.#damaged('a table is damaged');
    return bytes;
  }

  #block(name: string, place: BlockPlace): string {
    return this.#cache.get(this, name, () => this.#readBlock(place));
  }

  #readBlock(place: BlockPlace): string {
    const text = unpackBlock(this.#access.read(place.offset, place.bytes), place);
    if (!text.ok) throw this.#damaged(text.error);
    return text.value;
  }

  #damaged(what: string): AdvisoryDatabaseError {
    return new AdvisoryDatabaseError('damaged', `${this.#path}: ${what}; update or import the database anew`);
  }
}

function readFooter(descriptor: number, bytes: number): Result<Footer> {
  const access = fileAccess(descriptor, bytes);
  const header = checkHeader(access.read(0, HEADER_BYTES));
  if (!header.ok) return header;
  if (fstatSync(descriptor).size !== bytes) return err('has not the size that the manifest states');
  if (bytes < HEADER_BYTES + FOOTER_BYTES) return err('cut off at its end');
  return decodeFooter(access.read(bytes - FOOTER_BYTES, FOOTER_BYTES), bytes);
}

/** Thrown by look-ups only: a database that opened well and turns out damaged must never answer "nothing known". */
export class AdvisoryDatabaseError extends Error {
  readonly code: 'damaged';
  constructor(code: 'damaged', message: string) {
    super(message);
    this.name = 'AdvisoryDatabaseError';
    this.code = code;
  }
}

function firstOrdinal(table: Buffer, block: number): number {
  return table.readUInt32LE(block * RECORD_ENTRY_BYTES + BLOCK_ENTRY_BYTES);
}

/** Halves the block by position; lines are `newline, ecosystem, \0, name, \0, value` in the order of their keys. */
function findLine(text: string, key: string): string | undefined {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const start = text.lastIndexOf('\n', (low + high) >>> 1);
    const next = text.indexOf('\n', start + 1);
    const end = next < 0 ? text.length : next;
    const keyEnd = text.indexOf('\0', text.indexOf('\0', start + 1) + 1);
    const lineKey = text.slice(start + 1, keyEnd);
    if (lineKey === key) return text.slice(keyEnd + 1, end);
    if (start < low || keyEnd < 0) return undefined;
    if (lineKey < key) low = end;
    else high = start;
  }
  return undefined;
}

function nthLine(text: string, index: number): string | undefined {
  let start = 0;
  for (let skipped = 0; skipped < index; skipped += 1) {
    const newline = text.indexOf('\n', start);
    if (newline < 0) return undefined;
    start = newline + 1;
  }
  const end = text.indexOf('\n', start);
  return end < 0 ? text.slice(start) : text.slice(start, end);
}

/** Entries of `block place, key length (u16), first key`, searched as bytes in place. */
class KeyTable {
  readonly #table: Buffer;
  readonly #starts: Uint32Array;

  private constructor(table: Buffer, starts: Uint32Array) {
    this.#table = table;
    this.#starts = starts;
  }

  static parse(table: Buffer): KeyTable | undefined {
    const starts: number[] = [];
    let at = 0;
    while (at + BLOCK_ENTRY_BYTES + 2 <= table.length) {
      starts.push(at);
      at += BLOCK_ENTRY_BYTES + 2 + table.readUInt16LE(at + BLOCK_ENTRY_BYTES);
    }
    return at === table.length ? new KeyTable(table, Uint32Array.from(starts)) : undefined;
  }

  get count(): number {
    return this.#starts.length;
  }

  place(block: number): BlockPlace {
    return readBlockEntry(this.#table, this.#starts[block] ?? 0);
  }

  /** The last block whose first key is not above the key; -1 when all are above. */
  blockFor(key: string): number {
    const wanted = Buffer.from(key, 'latin1');
    let low = -1;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#compareFirst(middle, wanted) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  #compareFirst(block: number, wanted: Buffer): number {
    const start = (this.#starts[block] ?? 0) + BLOCK_ENTRY_BYTES + 2;
    const end = start + this.#table.readUInt16LE(start - 2);
    return this.#table.compare(wanted, 0, wanted.length, start, end);
  }
}
