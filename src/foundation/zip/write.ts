import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { err, ok, type Result } from '../result.ts';

const MAX_BYTES = 0xfffffffe;
const MAX_ENTRIES = 0xfffe;
const UTF8 = 0x0800;
/** 1980-01-01 00:00, the earliest that the format can say: the same content makes the same file. */
const DOS_TIME = 0;
const DOS_DATE = 0x0021;

/** Content that can be read twice: once for its checksum, which stands before it in the file, once to be copied. */
export interface ZipSource {
  readonly name: string;
  chunks(): Iterable<Buffer>;
}

/** Writes entries without compression, for content that is compressed already. Up to 4 GiB in all; the file must not exist. */
export function writeStoredZip(path: string, sources: readonly ZipSource[]): Result<{ readonly bytes: number }> {
  if (sources.length > MAX_ENTRIES) return err(`more than ${MAX_ENTRIES} files do not fit into one archive`);
  const descriptor = openSync(path, 'wx', 0o644);
  try {
    const directory: Buffer[] = [];
    let offset = 0;
    for (const source of sources) {
      const written = writeEntry(descriptor, source, offset);
      if (!written.ok) return written;
      directory.push(written.value.directoryEntry);
      offset += written.value.bytes;
    }
    const central = Buffer.concat(directory);
    writeAll(descriptor, central);
    writeAll(descriptor, endOf(sources.length, central.length, offset));
    fsyncSync(descriptor);
    return ok({ bytes: offset + central.length + 22 });
  } finally {
    closeSync(descriptor);
  }
}

function writeEntry(
  descriptor: number,
  source: ZipSource,
  offset: number,
): Result<{ readonly directoryEntry: Buffer; readonly bytes: number }> {
  let crc = 0;
  let size = 0;
  for (const chunk of source.chunks()) {
    crc = crc32(chunk, crc);
    size += chunk.length;
  }
  const name = Buffer.from(source.name, 'utf8');
  if (offset + 30 + name.length + size > MAX_BYTES) return err('the archive would be larger than 4 GiB');
  writeAll(descriptor, Buffer.concat([localHeader(name, crc, size), name]));
  for (const chunk of source.chunks()) writeAll(descriptor, chunk);
  return ok({ directoryEntry: directoryEntry(name, crc, size, offset), bytes: 30 + name.length + size });
}

function localHeader(name: Buffer, crc: number, size: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(10, 4);
  writeCommon(header, 6, name, crc, size);
  return header;
}

function directoryEntry(name: Buffer, crc: number, size: number, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(10, 4);
  entry.writeUInt16LE(10, 6);
  writeCommon(entry, 8, name, crc, size);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

/** Flags, method 0 (stored), time, date, CRC-32, both sizes and the length of the name: the same run in both headers. */
function writeCommon(target: Buffer, at: number, name: Buffer, crc: number, size: number): void {
  target.writeUInt16LE(UTF8, at);
  target.writeUInt16LE(DOS_TIME, at + 4);
  target.writeUInt16LE(DOS_DATE, at + 6);
  target.writeUInt32LE(crc, at + 8);
  target.writeUInt32LE(size, at + 12);
  target.writeUInt32LE(size, at + 16);
  target.writeUInt16LE(name.length, at + 20);
}

function endOf(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
