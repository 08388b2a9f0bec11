import { type AnyExecutable, Fields, sectionNamed } from '#foundation/executables/index.ts';
import { asBuffer } from '#foundation/index.ts';

/** First four bytes of the function table of each format, by the Go version that introduced it. */
const FORMATS: ReadonlyMap<number, 'go1.2' | 'go1.16' | 'go1.18' | 'go1.20'> = new Map([
  [0xfffffffb, 'go1.2'],
  [0xfffffffa, 'go1.16'],
  [0xfffffff0, 'go1.18'],
  [0xfffffff1, 'go1.20'],
] as const);

const HEADER_BYTES = 8 + 8 * 8;
const MAX_TABLE_BYTES = 512 * 1024 * 1024;
const MAX_NAME_BYTES = 64 * 1024 * 1024;
const MAX_SEARCHED = 256 * 1024 * 1024;
const CHUNK = 1024 * 1024;
/** A file full of what the magic number is made of would take minutes. */
const MAX_PLACES = 1_000_000;

/** Part of a file. */
interface Range {
  readonly offset: number;
  readonly size: number;
}

/**
 * Where the names of all functions of a Go program stand, those that were inlined included, separated by zero bytes: part of
 * the table by which a running program finds functions (`pclntab`, https://go.dev/src/runtime/symtab.go), which no stripping
 * removes. `isExact` is false for the oldest format, whose names stand among other things. Undefined when it was not found.
 */
export function functionNames(executable: AnyExecutable): { names: Range; isExact: boolean } | undefined {
  const table = tableOf(executable);
  if (table === undefined) return undefined;
  const header = new Fields(executable.source.slice(table.offset, HEADER_BYTES), executable);
  const format = FORMATS.get(header.u32(0));
  if (format === undefined) return undefined;
  if (format === 'go1.2') return { names: within(table, 8, table.size), isExact: false };
  // Counts of functions and files, since 1.18 the start of the code, then the offsets of the parts.
  const at = 8 + executable.wordBytes * (format === 'go1.16' ? 2 : 3);
  const [start, end] = [header.word(at), header.word(at + executable.wordBytes)];
  return start < end ? { names: within(table, start, end), isExact: true } : undefined;
}

function within({ offset, size }: Range, start: number, end: number): Range {
  const from = Math.min(start, size);
  return { offset: offset + from, size: Math.min(Math.min(end, size) - from, MAX_NAME_BYTES) };
}

/** The sections that hold it, in ELF and Mach-O files. */
export const FUNCTION_TABLES = [
  '.gopclntab',
  '.data.rel.ro.gopclntab',
  '__TEXT,__gopclntab',
  '__DATA_CONST,__gopclntab',
];

function tableOf(executable: AnyExecutable): Range | undefined {
  for (const name of FUNCTION_TABLES) {
    const section = sectionNamed(executable, name);
    if (section) return { offset: section.offset, size: Math.min(section.size, MAX_TABLE_BYTES) };
  }
  for (const place of placesToSearch(executable)) {
    const offset = findTable(executable, place);
    if (offset !== undefined) return { offset, size: place.offset + place.size - offset };
  }
  return undefined;
}

/** Linkers other than Go's own put it in with other data. PE files never have a section for it. */
function placesToSearch({ format, sections, segments }: AnyExecutable): readonly Range[] {
  if (format === 'mach-o') return [];
  if (format === 'elf' && sections.length === 0) return segments;
  const names = format === 'elf' ? ['.data.rel.ro', '.rodata'] : ['.rdata', '.text', '.data'];
  return names.flatMap((name) => sections.find((section) => section.name === name) ?? []);
}

function findTable(executable: AnyExecutable, { offset, size }: Range): number | undefined {
  const end = offset + Math.min(size, MAX_SEARCHED);
  let places = 0;
  for (let start = offset; start < end; start += CHUNK) {
    // Headers may lie across two chunks.
    const chunk = asBuffer(executable.source.slice(start, Math.min(CHUNK + HEADER_BYTES, end - start)));
    for (let at = chunk.indexOf(MAGIC_PART); at !== -1; at = chunk.indexOf(MAGIC_PART, at + 1)) {
      if (++places > MAX_PLACES) return undefined;
      const header = executable.isBigEndian ? at : at - 1;
      if (isHeaderAt(chunk, header, executable)) return start + header;
    }
  }
  return undefined;
}

/** After the magic number two zeroes, the smallest instruction (1, 2 or 4 bytes) and the length of an address. */
function isHeaderAt(chunk: Buffer, start: number, executable: AnyExecutable): boolean {
  if (start < 0 || start % 4 !== 0) return false;
  const fields = new Fields(chunk.subarray(start, start + 8), executable);
  const isFormat = FORMATS.has(fields.u32(0)) && fields.u16(4) === 0;
  return isFormat && STEPS.has(fields.u8(6)) && fields.u8(7) === executable.wordBytes;
}

const MAGIC_PART = Buffer.from([0xff, 0xff, 0xff]);
const STEPS = new Set([1, 2, 4]);
