import { closeSync, constants, openSync, readSync, realpathSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { DamagedInput, unpackFile } from '#foundation/index.ts';

/** One line of a tar-split record: bytes to be written as they are, or the content of a file. */
type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'file'; readonly name: Buffer; readonly size: number };

/** A line holds at most one run of headers and padding between two files. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** Takes a chunk before the call returns its memory to be used again. */
type Sink = (chunk: Uint8Array) => Promise<void>;

/**
 * Writes a layer's tar again, bit for bit, from its unpacked directory and the record that the engine keeps of the bytes
 * around the files (https://github.com/vbatts/tar-split). This gives back what a full copy of the tree has lost: which
 * files the layer brought and which it deleted. The caller verifies the result against the diffID.
 */
export async function writeLayerTar(
  recordPath: string,
  directory: string,
  sink: Sink,
  signal: AbortSignal,
): Promise<void> {
  const out = new ChunkedOutput(sink);
  const tree = new LayerTree(directory);
  for await (const piece of readRecord(recordPath)) {
    signal.throwIfAborted();
    if (piece.kind === 'bytes') await out.write(piece.bytes);
    else await copyFile(tree, piece.name, piece.size, out);
  }
  await out.flush();
}

/** The thousands of small files of a layer are opened synchronously: a trip through the thread pool costs more than the work. */
async function copyFile(tree: LayerTree, name: Buffer, size: number, out: ChunkedOutput): Promise<void> {
  const descriptor = tree.open(name);
  try {
    for (let done = 0; done < size; ) {
      const count = await out.fill((room) => readSync(descriptor, room, 0, Math.min(room.length, size - done), done));
      if (count === 0) throw damaged(`${name.toString()} is shorter than when it was stored`);
      done += count;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Opens files below a directory and nowhere else: the layer's own links must not lead us to files of this machine. */
class LayerTree {
  readonly #root: string;
  #known: { readonly parent: string; readonly isInside: boolean } | undefined;

  constructor(directory: string) {
    this.#root = realpathSync(directory);
  }

  open(name: Buffer): number {
    const path = Buffer.concat([Buffer.from(`${this.#root}/`), name]);
    if (!this.#isInside(path.subarray(0, path.lastIndexOf('/')))) {
      throw damaged('the record of a layer names a file outside the layer');
    }
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  }

  /** Files come folder by folder, so the last answer mostly is the next one too. */
  #isInside(parent: Buffer): boolean {
    const key = parent.toString('latin1');
    if (this.#known?.parent !== key) {
      const real = `${realpathSync(parent)}/`;
      this.#known = { parent: key, isInside: real.startsWith(`${this.#root}/`) };
    }
    return this.#known.isInside;
  }
}

/** Gathers pieces of any size into large chunks. */
class ChunkedOutput {
  readonly #sink: Sink;
  readonly #buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  #used = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async write(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += await this.fill((room) => bytes.copy(room, 0, done));
    }
  }

  /** Lets `into` put bytes into the room that is left and say how many. */
  async fill(into: (room: Buffer) => number): Promise<number> {
    if (this.#used === CHUNK_BYTES) await this.flush();
    const count = into(this.#buffer.subarray(this.#used));
    this.#used += count;
    return count;
  }

  async flush(): Promise<void> {
    if (this.#used > 0) await this.#sink(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }
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
