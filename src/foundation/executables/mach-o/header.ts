import { err, ok, type Result } from '../../result.ts';
import { Fields } from '../fields.ts';
import { type ByteSource, type Executable, partOf, type Section, type Segment } from '../image.ts';

/** A Mach-O file, one architecture of it (`mach-o/loader.h` and `mach-o/fat.h` of Apple's cctools). */
export interface MachO extends Executable {
  readonly format: 'mach-o';
}

const MAX_ARCHITECTURES = 16;
const MAX_COMMANDS = 4096;
const MAX_COMMAND_BYTES = 1024 * 1024;
const MAX_SECTIONS = 4096;
const FAT_MAGIC = 0xcafebabe;
const FAT_MAGIC_64 = 0xcafebabf;
const LC_SEGMENT = 0x1;
const LC_SEGMENT_64 = 0x19;

/** Each architecture of a file, one where it is for one only. Errors complete "it ...". */
export function openMachO(source: ByteSource): Result<readonly MachO[]> {
  const parts = architecturesOf(source);
  if (parts === undefined) return err('has a list of architectures that is no Mach-O file');
  const opened = parts.map(openArchitecture).filter((one) => one !== undefined);
  return opened.length > 0 ? ok(opened) : err('has no Mach-O header of a known kind');
}

/** A Java class begins with the same four bytes; what would be its architectures counts 40 and more. */
export function isMachO(start: Uint8Array): boolean {
  const fields = new Fields(start, { isBigEndian: true, wordBytes: 4 });
  const magic = fields.u32(0);
  if (magic === FAT_MAGIC || magic === FAT_MAGIC_64) return fields.u32(4) > 0 && fields.u32(4) <= MAX_ARCHITECTURES;
  return layoutOf(start) !== undefined;
}

function architecturesOf(source: ByteSource): ByteSource[] | undefined {
  const fields = new Fields(source.slice(0, 8 + MAX_ARCHITECTURES * 32), { isBigEndian: true, wordBytes: 8 });
  const magic = fields.u32(0);
  if (magic !== FAT_MAGIC && magic !== FAT_MAGIC_64) return [source];
  const count = fields.u32(4);
  if (count > MAX_ARCHITECTURES) return undefined;
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * (magic === FAT_MAGIC ? 20 : 32);
    return magic === FAT_MAGIC
      ? partOf(source, fields.u32(at + 8), fields.u32(at + 12))
      : partOf(source, fields.u64(at + 8), fields.u64(at + 16));
  });
}

type Layout = Pick<Executable, 'isBigEndian' | 'wordBytes'>;

const LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [0xfeedface, { isBigEndian: true, wordBytes: 4 }],
  [0xfeedfacf, { isBigEndian: true, wordBytes: 8 }],
  [0xcefaedfe, { isBigEndian: false, wordBytes: 4 }],
  [0xcffaedfe, { isBigEndian: false, wordBytes: 8 }],
]);

function layoutOf(start: Uint8Array): Layout | undefined {
  return LAYOUTS.get(new Fields(start, { isBigEndian: true, wordBytes: 4 }).u32(0));
}

function openArchitecture(source: ByteSource): MachO | undefined {
  const start = source.slice(0, 32);
  const layout = layoutOf(start);
  if (layout === undefined) return undefined;
  const header = new Fields(start, layout);
  const headerBytes = layout.wordBytes === 8 ? 32 : 28;
  const commands = source.slice(headerBytes, Math.min(header.u32(20), MAX_COMMAND_BYTES));
  const count = Math.min(header.u32(16), MAX_COMMANDS);
  return { format: 'mach-o', source, ...layout, kind: kindOf(header.u32(12)), ...loaded(commands, count, layout) };
}

function kindOf(type: number): Executable['kind'] {
  if (type === 1) return 'object';
  return type === 2 ? 'program' : type === 6 || type === 8 ? 'library' : 'other';
}

function loaded(bytes: Uint8Array, count: number, layout: Layout): { sections: Section[]; segments: Segment[] } {
  const sections: Section[] = [];
  const segments: Segment[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    const command = new Fields(bytes.subarray(at), layout);
    const length = command.u32(4);
    if (length < 8 || !command.has(0, length)) break;
    const kind = command.u32(0);
    if (kind === LC_SEGMENT || kind === LC_SEGMENT_64) {
      segments.push(segmentOf(command, kind === LC_SEGMENT_64));
      sections.push(...sectionsOf(command, kind === LC_SEGMENT_64).slice(0, MAX_SECTIONS - sections.length));
    }
    at += length;
  }
  return { sections, segments };
}

function segmentOf(command: Fields, isWide: boolean): Segment {
  const word = (at: number) => (isWide ? command.u64(at) : command.u32(at));
  const step = isWide ? 8 : 4;
  return {
    address: word(24),
    offset: word(24 + 2 * step),
    size: word(24 + 3 * step),
    isWritable: (command.u32(24 + 4 * step + 4) & 2) !== 0,
  };
}

/** Zero-filled ones have no bytes in the file: their type is 1, 12 or 18. */
const WITHOUT_BYTES = new Set([1, 12, 18]);

function sectionsOf(command: Fields, isWide: boolean): Section[] {
  const [first, entryBytes] = isWide ? [72, 80] : [56, 68];
  const count = Math.min(command.u32(isWide ? 64 : 48), MAX_SECTIONS);
  const found: Section[] = [];
  for (let index = 0; index < count; index++) {
    const at = first + index * entryBytes;
    if (!command.has(at, entryBytes)) break;
    const [size, offset, flags] = isWide
      ? [command.u64(at + 40), at + 48, at + 64]
      : [command.u32(at + 36), at + 40, at + 56];
    found.push({
      name: `${command.text(at + 16, 16)},${command.text(at, 16)}`,
      address: isWide ? command.u64(at + 32) : command.u32(at + 32),
      offset: command.u32(offset),
      size: WITHOUT_BYTES.has(command.u32(flags) & 0xff) ? 0 : size,
    });
  }
  return found;
}
