import { Fields } from '../fields.ts';
import { bytesAt } from '../image.ts';
import type { Pe } from './header.ts';
import { type HeapWidths, tableBytes } from './metadata-tables.ts';

/** A .NET assembly as its manifest names it. */
export interface Assembly {
  readonly name: string;
  /** Four numbers: `13.0.0.0`. What others are compiled against; the version of the package is mostly another. */
  readonly version: string;
}

const LITTLE = { isBigEndian: false, wordBytes: 4 } as const;
const METADATA_SIGNATURE = 0x424a5342;
const ASSEMBLY_TABLE = 0x20;
const MAX_METADATA_BYTES = 128 * 1024 * 1024;
const MAX_STREAMS = 32;
const MAX_NAME_BYTES = 512;

/**
 * Name and version from the metadata (ECMA-335, partition II, 22 and 24). Undefined for native programs, modules without a
 * manifest and damaged metadata.
 */
export function assemblyOf(pe: Pe): Assembly | undefined {
  const metadata = metadataOf(pe);
  if (metadata === undefined) return undefined;
  const streams = streamsIn(metadata.head);
  const tables = streams.get('#~') ?? streams.get('#-');
  const strings = streams.get('#Strings');
  if (tables === undefined || strings === undefined) return undefined;
  const row = assemblyRow(metadata, tables);
  if (row === undefined) return undefined;
  const name = utf8At(metadata.read(strings.offset + row.name, Math.min(MAX_NAME_BYTES, strings.size - row.name)));
  return name === '' ? undefined : { name, version: row.version };
}

interface Metadata {
  readonly head: Fields;
  read(offset: number, length: number): Buffer;
}

function metadataOf(pe: Pe): Metadata | undefined {
  if (pe.clr.size === 0) return undefined;
  const header = new Fields(bytesAt(pe, pe.clr.address, 16), LITTLE);
  const [address, size] = [header.u32(8), Math.min(header.u32(12), MAX_METADATA_BYTES)];
  const head = new Fields(bytesAt(pe, address, Math.min(size, 4096)), LITTLE);
  if (head.u32(0) !== METADATA_SIGNATURE) return undefined;
  const read = (offset: number, length: number) => {
    const within = Math.max(0, Math.min(length, size - offset));
    return bytesAt(pe, address + offset, within);
  };
  return { head, read };
}

interface Stream {
  readonly offset: number;
  readonly size: number;
}

function streamsIn(head: Fields): Map<string, Stream> {
  const streams = new Map<string, Stream>();
  let at = 16 + head.u32(12);
  const count = Math.min(head.u16(at + 2), MAX_STREAMS);
  at += 4;
  for (let index = 0; index < count && head.has(at, 9); index++) {
    const name = head.text(at + 8, 32);
    streams.set(name, { offset: head.u32(at), size: head.u32(at + 4) });
    at += 8 + Math.ceil((name.length + 1) / 4) * 4;
  }
  return streams;
}

function assemblyRow(metadata: Metadata, { offset }: Stream): { name: number; version: string } | undefined {
  const head = new Fields(metadata.read(offset, 24 + 64 * 4), LITTLE);
  const rows = rowCounts(head);
  if (rows[ASSEMBLY_TABLE] === 0) return undefined;
  const flags = head.u8(6);
  const heaps: HeapWidths = {
    string: (flags & 1) === 0 ? 2 : 4,
    guid: (flags & 2) === 0 ? 2 : 4,
    blob: (flags & 4) === 0 ? 2 : 4,
  };
  const before = 24 + 4 * rows.filter((count) => count > 0).length + extraBytes(flags);
  let at = offset + before;
  for (let table = 0; table < ASSEMBLY_TABLE; table++) at += tableBytes(table, rows, heaps);
  const row = new Fields(metadata.read(at, 32), LITTLE);
  if (!row.has(0, 20)) return undefined;
  const version = [4, 6, 8, 10].map((field) => row.u16(field)).join('.');
  const nameAt = 16 + heaps.blob;
  return { version, name: heaps.string === 2 ? row.u16(nameAt) : row.u32(nameAt) };
}

/** Rows of each of the 64 possible tables. */
function rowCounts(head: Fields): number[] {
  const present = [head.u32(8), head.u32(12)];
  let at = 24;
  return Array.from({ length: 64 }, (_, table) => {
    const isPresent = (((present[table >> 5] ?? 0) >>> (table & 31)) & 1) === 1;
    if (!isPresent) return 0;
    at += 4;
    return head.u32(at - 4);
  });
}

/** Four bytes that nobody describes stand behind the counts when this flag is set. */
function extraBytes(flags: number): number {
  return (flags & 0x40) === 0 ? 0 : 4;
}

function utf8At(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  const text = bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
  return text.replace(/[\0-\x1f\x7f]/g, '?');
}
