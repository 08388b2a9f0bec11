import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DamagedInput, unpackFile } from '#foundation/index.ts';

/** One line of a tar-split record: bytes to be written as they are, or the content of a file. */
type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'file'; readonly name: Buffer; readonly size: number };

/** A line holds at most one run of headers and padding between two files. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Writes a layer's tar again, bit for bit, from its unpacked directory and the record that the engine keeps of the bytes
 * around the files (https://github.com/vbatts/tar-split). This gives back what a full copy of the tree has lost: which
 * files the layer brought and which it deleted. The caller verifies the result against the diffID.
 */
export async function writeLayerTar(
  recordPath: string,
  directory: string,
  write: (chunk: Uint8Array) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const root = await realpath(directory);
  for await (const piece of readRecord(recordPath)) {
    signal.throwIfAborted();
    if (piece.kind === 'bytes') await write(piece.bytes);
    else await copyFile(root, piece.name, piece.size, write);
  }
}

async function copyFile(
  root: string,
  name: Buffer,
  size: number,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const path = await pathInside(root, name);
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const buffer = Buffer.allocUnsafe(Math.min(size, CHUNK_BYTES));
    for (let done = 0; done < size; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - done), done);
      if (bytesRead === 0) throw damaged(`${path} is shorter than when it was stored`);
      await write(buffer.subarray(0, bytesRead));
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The layer's own links must not lead us to files of this machine. */
async function pathInside(root: string, name: Buffer): Promise<string> {
  const path = join(root, name.toString('utf8'));
  const parent = await realpath(join(path, '..'));
  if (parent !== root && !parent.startsWith(root + sep))
    throw damaged('the record of a layer names a file outside the layer');
  return join(parent, path.slice(path.lastIndexOf(sep) + 1));
}

async function* readRecord(path: string): AsyncGenerator<Piece> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const { stream } = unpackFile({ descriptor: file.fd, offset: 0, length: size });
    let rest: Buffer = Buffer.alloc(0);
    for (let chunk = await stream.read(); chunk; chunk = await stream.read()) {
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        const piece = parsePiece(rest.toString('utf8', start, end));
        if (piece) yield piece;
        start = end + 1;
      }
      rest = rest.subarray(start);
      if (rest.length > MAX_LINE_BYTES) throw damaged('the record of a layer has a line that is too long');
    }
    const last = parsePiece(rest.toString('utf8'));
    if (last) yield last;
  } finally {
    await file.close();
  }
}

const FILE_TYPE = 1;
const SEGMENT_TYPE = 2;

function parsePiece(line: string): Piece | undefined {
  if (line.trim() === '') return undefined;
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    throw damaged('the record of a layer is no JSON');
  }
  if (typeof entry !== 'object' || entry === null) throw damaged('the record of a layer has an unknown line');
  const field = (name: string): unknown => Reflect.get(entry, name);
  const payload = field('payload');
  if (field('type') === SEGMENT_TYPE)
    return { kind: 'bytes', bytes: Buffer.from(typeof payload === 'string' ? payload : '', 'base64') };
  const size = field('size') ?? 0;
  if (field('type') !== FILE_TYPE || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw damaged('the record of a layer has an unknown line');
  }
  if (size === 0) return undefined;
  return { kind: 'file', size, name: fileName(field('name'), field('name_raw')) };
}

/** Names that are no UTF-8 are kept in base64 beside. */
function fileName(name: unknown, raw: unknown): Buffer {
  if (typeof raw === 'string') return Buffer.from(raw, 'base64');
  if (typeof name === 'string') return Buffer.from(name);
  throw damaged('the record of a layer names no file');
}

function damaged(message: string): DamagedInput {
  return new DamagedInput('layer-record-damaged', message);
}
