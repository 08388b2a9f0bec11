import {
  type AnyExecutable,
  bytesAt,
  type Executable,
  elfSymbols,
  Fields,
  sectionNamed,
} from '#foundation/executables/index.ts';
import { asBuffer } from '#foundation/index.ts';
import { type BuildInfo, parseBuildInfo } from './build-info.ts';

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const HEADER_BYTES = 32;
const ALIGNMENT = 16;
const INLINE = 2;
const BIG_ENDIAN = 1;
const MAX_VERSION_BYTES = 256;
const MAX_TEXT_BYTES = 8 * 1024 * 1024;
/** The text of the modules stands between two random markers of this length, by which other tools find it. */
const MARKER_BYTES = 16;
/** Files without a section for it have it near the beginning of their data. */
const MAX_SEARCHED = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;

interface Range {
  readonly offset: number;
  readonly size: number;
}

/**
 * The build information of a Go program: of 1.18 and later in the place itself, before that by two pointers to Go strings
 * (https://go.dev/src/debug/buildinfo/buildinfo.go describes both). Undefined when there is none.
 */
export function findBuildInfo(executable: AnyExecutable): BuildInfo | undefined {
  const range = placeOf(executable);
  if (range === undefined) return symbolBuildInfo(executable);
  const at = findHeader(executable, range);
  if (at === undefined) return symbolBuildInfo(executable);
  const header = asBuffer(executable.source.slice(at, HEADER_BYTES));
  const flags = header[15] ?? 0;
  return (flags & INLINE) === 0
    ? pointedBuildInfo(executable, header, (flags & BIG_ENDIAN) !== 0)
    : inlineBuildInfo(executable, at + HEADER_BYTES);
}

/** Where the linker puts it. Go programs have a section for it; who strips off the sections leaves the data. */
function placeOf(executable: AnyExecutable): Range | undefined {
  const { format, sections, segments } = executable;
  if (format === 'elf') {
    const section = sectionNamed(executable, '.go.buildinfo');
    return section ?? (sections.length === 0 ? segments.find(({ isWritable }) => isWritable) : undefined);
  }
  if (format === 'mach-o')
    return sectionNamed(executable, '__DATA,__go_buildinfo') ?? sectionNamed(executable, '__DATA_CONST,__go_buildinfo');
  return executable.clr.size > 0 ? undefined : segments.find(({ isWritable, size }) => isWritable && size > 0);
}

/** The offset of the header, which is aligned: it cannot lie across two chunks. */
function findHeader({ source }: Executable, { offset, size }: Range): number | undefined {
  const end = offset + Math.min(size, MAX_SEARCHED);
  for (let start = offset; start < end; start += CHUNK) {
    const chunk = asBuffer(source.slice(start, Math.min(CHUNK, end - start)));
    for (let at = chunk.indexOf(MAGIC); at !== -1; at = chunk.indexOf(MAGIC, at + 1)) {
      if (at % ALIGNMENT === 0) return start + at;
    }
    if (chunk.length < CHUNK) return undefined;
  }
  return undefined;
}

function inlineBuildInfo({ source }: Executable, offset: number): BuildInfo | undefined {
  const version = prefixed(offset, MAX_VERSION_BYTES);
  const text = version && prefixed(version.end, MAX_TEXT_BYTES);
  return version && text && toBuildInfo(version.bytes, text.bytes);

  function prefixed(at: number, maxBytes: number): { bytes: Buffer; end: number } | undefined {
    const length = varint(source.slice(at, 5));
    if (length === undefined || length.value > maxBytes) return undefined;
    const start = at + length.bytes;
    const bytes = asBuffer(source.slice(start, length.value));
    return bytes.length === length.value ? { bytes, end: start + length.value } : undefined;
  }
}

function varint(bytes: Uint8Array): { value: number; bytes: number } | undefined {
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, bytes: index + 1 };
  }
  return undefined;
}

function pointedBuildInfo(executable: AnyExecutable, header: Buffer, isBigEndian: boolean): BuildInfo | undefined {
  const wordBytes = header[14];
  if (wordBytes !== 4 && wordBytes !== 8) return undefined;
  const fields = new Fields(header, { isBigEndian, wordBytes });
  const version = goString(executable, fields.word(16), MAX_VERSION_BYTES);
  return toBuildInfo(version, goString(executable, fields.word(16 + wordBytes), MAX_TEXT_BYTES));
}

/** Of programs from before Go 1.13, or whose makers removed the information but not the symbols. */
function symbolBuildInfo(executable: AnyExecutable): BuildInfo | undefined {
  if (executable.format !== 'elf' || sectionNamed(executable, '.gopclntab') === undefined) return undefined;
  const symbols = elfSymbols(executable, new Set(['runtime.buildVersion', 'runtime/debug.modinfo', 'runtime.modinfo']));
  const stringOf = (name: string, maxBytes: number) => {
    const symbol = symbols.find((one) => one.name === name);
    return symbol ? goString(executable, symbol.address, maxBytes) : Buffer.alloc(0);
  };
  const modules = stringOf('runtime/debug.modinfo', MAX_TEXT_BYTES);
  return toBuildInfo(
    stringOf('runtime.buildVersion', MAX_VERSION_BYTES),
    modules.length > 0 ? modules : stringOf('runtime.modinfo', MAX_TEXT_BYTES),
  );
}

/** A string variable: a pointer and a length. Empty when it leads nowhere. */
export function goString(executable: AnyExecutable, address: number, maxBytes: number): Buffer {
  const { wordBytes } = executable;
  const base = executable.format === 'pe' ? executable.imageBase : 0;
  const variable = new Fields(bytesAt(executable, address - base, 2 * wordBytes), executable);
  const length = variable.word(wordBytes);
  if (!variable.has(0, 2 * wordBytes) || length > maxBytes) return Buffer.alloc(0);
  const bytes = bytesAt(executable, variable.word(0) - base, length);
  return bytes.length === length ? bytes : Buffer.alloc(0);
}

function toBuildInfo(version: Buffer, framed: Buffer): BuildInfo | undefined {
  const goVersion = version.toString('utf8').trim();
  if (goVersion === '') return undefined;
  const isFramed = framed.length > 2 * MARKER_BYTES && framed[framed.length - MARKER_BYTES - 1] === 0x0a;
  const text = isFramed ? framed.toString('utf8', MARKER_BYTES, framed.length - MARKER_BYTES) : '';
  return parseBuildInfo(goVersion, text);
}
