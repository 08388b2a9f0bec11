import { asBuffer } from '../../bytes/index.ts';
import { err, ok, type Result } from '../../result.ts';
import { Fields, textIn } from '../fields.ts';
import type { ByteSource, Executable, Section, Segment } from '../image.ts';

/** An ELF file (https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html). */
export interface Elf extends Executable {
  readonly format: 'elf';
  readonly sections: readonly ElfSection[];
  readonly segments: readonly Segment[];
  readonly programHeaders: readonly ProgramHeader[];
}

export interface ElfSection extends Section {
  /** `SHT_…`. */
  readonly type: number;
  /** Index of the section that belongs to it, such as the names of a symbol table. */
  readonly link: number;
}

export interface ProgramHeader extends Segment {
  /** `PT_…`. */
  readonly type: number;
}

const MAX_SECTIONS = 4096;
const MAX_PROGRAM_HEADERS = 1024;
const MAX_NAME_BYTES = 1024 * 1024;
const MAX_NAME = 256;
/** The header and, in practice, the program headers. */
const FIRST_BYTES = 1024;
const PT_LOAD = 1;
const SHT_NOBITS = 8;
const PN_XNUM = 0xffff;

export function isElf(start: Uint8Array): boolean {
  return start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46;
}

/**
 * Reads the headers: three small reads, whatever the size of the file. Errors complete "it ...".
 */
export function openElf(source: ByteSource): Result<Elf> {
  const start = source.slice(0, FIRST_BYTES);
  const layout = layoutOf(start);
  if (layout === undefined) return err('has no ELF header of a known class and byte order');
  const header = new Fields(start, layout);
  const table = tablesIn(header, layout.wordBytes);
  const sections = readSections(source, layout, table);
  if (sections === undefined) return err(`says that it has more than ${MAX_SECTIONS} sections`);
  const programHeaders = readProgramHeaders(source, start, layout, table);
  return ok({
    format: 'elf',
    source,
    ...layout,
    kind: kindOf(header.u16(16)),
    sections,
    programHeaders,
    segments: programHeaders.filter(({ type }) => type === PT_LOAD),
  });
}

type Layout = Pick<Executable, 'isBigEndian' | 'wordBytes'>;

function layoutOf(start: Uint8Array): Layout | undefined {
  if (!isElf(start) || start.length < 52) return undefined;
  const [wide, order] = [start[4], start[5]];
  if ((wide !== 1 && wide !== 2) || (order !== 1 && order !== 2)) return undefined;
  return { isBigEndian: order === 2, wordBytes: wide === 2 ? 8 : 4 };
}

function kindOf(type: number): Executable['kind'] {
  if (type === 1) return 'object';
  // Programs that may lie anywhere in memory are libraries to the header.
  return type === 2 ? 'program' : type === 3 ? 'library' : 'other';
}

interface Tables {
  readonly programs: { readonly offset: number; readonly entryBytes: number; readonly count: number };
  readonly sections: { readonly offset: number; readonly entryBytes: number; readonly count: number };
  readonly namesIndex: number;
}

function tablesIn(header: Fields, wordBytes: 4 | 8): Tables {
  const [programs, after] = wordBytes === 8 ? [32, 54] : [28, 42];
  return {
    programs: {
      offset: header.word(programs),
      entryBytes: header.u16(after),
      count: header.u16(after + 2) === PN_XNUM ? MAX_PROGRAM_HEADERS : header.u16(after + 2),
    },
    sections: {
      offset: header.word(programs + wordBytes),
      entryBytes: header.u16(after + 4),
      count: header.u16(after + 6),
    },
    namesIndex: header.u16(after + 8),
  };
}

function readProgramHeaders(
  source: ByteSource,
  start: Uint8Array,
  layout: Layout,
  { programs }: Tables,
): ProgramHeader[] {
  const { wordBytes } = layout;
  const entryBytes = wordBytes === 8 ? 56 : 32;
  if (programs.entryBytes < entryBytes || programs.offset === 0) return [];
  const count = Math.min(programs.count, MAX_PROGRAM_HEADERS);
  const length = count * programs.entryBytes;
  const isInStart = programs.offset + length <= start.length;
  const bytes = isInStart ? start.subarray(programs.offset) : source.slice(programs.offset, length);
  const present = Math.min(count, Math.floor(bytes.length / programs.entryBytes));
  const table = new Fields(bytes, layout);
  return Array.from({ length: present }, (_, index) => programHeader(table, index * programs.entryBytes, wordBytes));
}

function programHeader(table: Fields, at: number, wordBytes: 4 | 8): ProgramHeader {
  const [flags, offset, address, size] = wordBytes === 8 ? [4, 8, 16, 32] : [24, 4, 8, 16];
  return {
    type: table.u32(at),
    address: table.word(at + address),
    offset: table.word(at + offset),
    size: table.word(at + size),
    isWritable: (table.u32(at + flags) & 2) !== 0,
  };
}

/** Undefined when there are too many. */
function readSections(source: ByteSource, layout: Layout, tables: Tables): ElfSection[] | undefined {
  const { offset, entryBytes } = tables.sections;
  const smallest = layout.wordBytes === 8 ? 64 : 40;
  if (offset === 0 || entryBytes < smallest) return [];
  const count = tables.sections.count || countInFirst(source.slice(offset, smallest), layout);
  if (count > MAX_SECTIONS) return undefined;
  const table = new Fields(source.slice(offset, count * entryBytes), layout);
  const present = Math.min(count, Math.floor(table.bytes.length / entryBytes));
  const namesAt = tables.namesIndex * entryBytes;
  const names = tables.namesIndex < present ? namesIn(source, sectionAt(table, namesAt, layout, NO_NAMES)) : NO_NAMES;
  return Array.from({ length: present }, (_, index) => sectionAt(table, index * entryBytes, layout, names));
}

/** With more sections than the header can count, the first one does. */
function countInFirst(entry: Uint8Array, layout: Layout): number {
  return sectionAt(new Fields(entry, layout), 0, layout, NO_NAMES).size;
}

const NO_NAMES = Buffer.alloc(0);

function namesIn(source: ByteSource, { offset, size }: ElfSection): Buffer {
  return asBuffer(source.slice(offset, Math.min(size, MAX_NAME_BYTES)));
}

function sectionAt(table: Fields, at: number, { wordBytes }: Layout, names: Buffer): ElfSection {
  const type = table.u32(at + 4);
  return {
    name: textIn(names, table.u32(at), MAX_NAME),
    type,
    address: table.word(at + 8 + wordBytes),
    offset: table.word(at + 8 + 2 * wordBytes),
    size: type === SHT_NOBITS ? 0 : table.word(at + 8 + 3 * wordBytes),
    link: table.u32(at + 8 + 4 * wordBytes),
  };
}
