import { err, ok, type Result } from '../../result.ts';
import { Fields } from '../fields.ts';
import type { ByteSource, Executable, Section, Segment } from '../image.ts';

/** A PE file (https://learn.microsoft.com/windows/win32/debug/pe-format). Addresses are relative to `imageBase`. */
export interface Pe extends Executable {
  readonly format: 'pe';
  /** What must be taken from an address in the content to have one of `segments`. */
  readonly imageBase: number;
  /** The table of resources. Size 0 when there is none. */
  readonly resources: DataDirectory;
  /** The header of .NET. Size 0 when it is a native program. */
  readonly clr: DataDirectory;
}

export interface DataDirectory {
  /** Relative to the image base. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
}

const MAX_SECTIONS = 96;
const LITTLE = { isBigEndian: false, wordBytes: 4 } as const;
const RESOURCE_TABLE = 2;
const CLR_HEADER = 14;
const OPTIONAL_HEADER_32 = 0x10b;
const OPTIONAL_HEADER_64 = 0x20b;

/** Errors complete "it ...". */
export function openPe(source: ByteSource): Result<Pe> {
  const stub = new Fields(source.slice(0, 64), LITTLE);
  const at = stub.u16(0) === 0x5a4d ? stub.u32(60) : 0;
  const headers = new Fields(source.slice(at, 24 + 240 + MAX_SECTIONS * 40), LITTLE);
  if (at === 0 || headers.u32(0) !== 0x4550) return err('has no PE header');
  const magic = headers.u16(24);
  if (magic !== OPTIONAL_HEADER_32 && magic !== OPTIONAL_HEADER_64)
    return err('has a PE header without the part that programs have');
  const isWide = magic === OPTIONAL_HEADER_64;
  const { sections, segments } = sectionsOf(headers, 24 + headers.u16(20));
  return ok({
    format: 'pe',
    source,
    isBigEndian: false,
    wordBytes: isWide ? 8 : 4,
    kind: (headers.u16(22) & 0x2000) === 0 ? 'program' : 'library',
    imageBase: isWide ? headers.u64(24 + 24) : headers.u32(24 + 28),
    sections,
    segments,
    resources: directoryAt(headers, isWide, RESOURCE_TABLE),
    clr: directoryAt(headers, isWide, CLR_HEADER),
  });
}

function directoryAt(headers: Fields, isWide: boolean, index: number): DataDirectory {
  const countAt = 24 + (isWide ? 108 : 92);
  if (headers.u32(countAt) <= index) return { address: 0, size: 0 };
  const at = countAt + 4 + index * 8;
  return { address: headers.u32(at), size: headers.u32(at + 4) };
}

function sectionsOf(headers: Fields, first: number): { sections: Section[]; segments: Segment[] } {
  const sections: Section[] = [];
  const segments: Segment[] = [];
  const count = Math.min(headers.u16(6), MAX_SECTIONS);
  for (let index = 0; index < count; index++) {
    const at = first + index * 40;
    if (!headers.has(at, 40)) break;
    const place = { address: headers.u32(at + 12), offset: headers.u32(at + 20), size: headers.u32(at + 16) };
    sections.push({ name: headers.text(at, 8), ...place });
    segments.push({ ...place, isWritable: headers.u32(at + 36) >= 0x80000000 });
  }
  return { sections, segments };
}
