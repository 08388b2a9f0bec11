import type { InputFile } from '../../cataloger.ts';
import { ByteBudget, type Item, MAX_HEADER_BYTES, readAt } from './reading.ts';

const DATABASE_MAGIC = 0x506d7052;
const SLOT_MAGIC = 0x746f6c53;
const BLOB_MAGIC = 0x53626c42;
const PAGE = 4096;
const SLOT = 16;
const BLOCK = 16;
const BLOB_HEADER = 16;
/** 16 MiB of slots: a million packages. */
const MAX_SLOT_PAGES = 4096;

export function isNdb(start: Buffer): boolean {
  return start.length >= 32 && start.readUInt32LE(0) === DATABASE_MAGIC;
}

/**
 * Headers of rpm's own `Packages.db` (SUSE): a table of 16-byte slots (the first two are the file's header), each pointing to
 * a blob counted in blocks of 16 bytes; all little endian. Layout: lib/backend/ndb/rpmpkg.c of rpm.
 */
export function* ndbHeaders(file: InputFile): Generator<Item> {
  const slotPages = readAt(file, 0, 32).readUInt32LE(12);
  if (slotPages === 0 || slotPages > MAX_SLOT_PAGES) {
    yield { broken: 'the slot table of the database has an impossible size' };
    return;
  }
  if (slotPages * PAGE > file.size) yield { broken: 'the database is cut short' };
  const budget = new ByteBudget(file.size);
  for (let page = 0; page < slotPages; page++) {
    const slots = readAt(file, page * PAGE, PAGE);
    for (let at = page === 0 ? 2 * SLOT : 0; at + SLOT <= slots.length && !budget.exhausted; at += SLOT) {
      const item = readSlot(file, slots.subarray(at, at + SLOT), budget);
      if (item) yield item;
    }
  }
}

function readSlot(file: InputFile, slot: Buffer, budget: ByteBudget): Item | undefined {
  const packageIndex = slot.readUInt32LE(4);
  if (slot.readUInt32LE(0) !== SLOT_MAGIC) return { broken: 'a slot of the database is damaged' };
  if (packageIndex === 0) return undefined;
  const offset = slot.readUInt32LE(8) * BLOCK;
  const head = readAt(file, offset, BLOB_HEADER);
  const damaged =
    head.length < BLOB_HEADER || head.readUInt32LE(0) !== BLOB_MAGIC || head.readUInt32LE(4) !== packageIndex;
  if (damaged) return { broken: 'a slot of the database points to no record' };
  const length = head.readUInt32LE(12);
  if (length > MAX_HEADER_BYTES) return { broken: 'a record of the database is impossibly long' };
  if (length > slot.readUInt32LE(12) * BLOCK) return { broken: 'a record of the database is longer than its place' };
  if (!budget.take(length)) return { broken: 'records of the database overlap; the rest was not read' };
  const blob = readAt(file, offset + BLOB_HEADER, length);
  return blob.length === length ? { blob } : { broken: 'a record of the database is cut short' };
}
