import { closeSync, fstatSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { bufferAccess, err, fileAccess, ok, type RandomAccess, type Result } from '#foundation/index.ts';
import { PACKING_MAGIC_BYTES, packingOf, unpackedStream } from './packing.ts';

const READ_BYTES = 1024 * 1024;

/** A published document as it lies on disk or in memory. */
export interface AdvisoryDocument {
  /** For messages: a file name or an address. */
  readonly name: string;
  /** When it was made, as far as its transport or file system tells (ISO 8601). */
  readonly modified?: string;
  /** For formats that are read from the end, as zip is. */
  readonly access: RandomAccess;
  /** The content from start to end, unpacked when it is gzip, zstd, xz or bzip2. Fails (throws) over the limit: a bomb is not a feed. */
  stream(maxBytes: number): AsyncIterable<Buffer>;
}

export function documentOf(name: string, content: Buffer | string, modified?: string): AdvisoryDocument {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    ...(modified === undefined ? {} : { modified }),
    access: bufferAccess(bytes),
    stream: (maxBytes) => unpacked(() => Readable.from([bytes]), bytes, maxBytes),
  };
}

export interface OpenDocument extends AdvisoryDocument {
  close(): void;
}

/** Opens a file. The file time stands for the date of the data unless the caller knows better. */
export function openDocument(path: string, options: { name?: string; modified?: string } = {}): Result<OpenDocument> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return err(`cannot open ${path}`);
  }
  const stat = fstatSync(descriptor);
  const access = fileAccess(descriptor, stat.size);
  return ok({
    name: options.name ?? path,
    modified: options.modified ?? stat.mtime.toISOString(),
    access,
    stream: (maxBytes) =>
      unpacked(() => Readable.from(chunksOf(access)), access.read(0, PACKING_MAGIC_BYTES), maxBytes),
    close: () => closeSync(descriptor),
  });
}

function* chunksOf(access: RandomAccess): Generator<Buffer> {
  for (let offset = 0; offset < access.size; offset += READ_BYTES) yield Buffer.from(access.read(offset, READ_BYTES));
}

async function* unpacked(open: () => Readable, start: Buffer, maxBytes: number): AsyncGenerator<Buffer> {
  const content = unpackedStream(open(), packingOf(start), maxBytes);
  let total = 0;
  try {
    for await (const chunk of content) {
      if (!Buffer.isBuffer(chunk)) continue;
      total += chunk.length;
      if (total > maxBytes) throw new Error(`larger than ${maxBytes} bytes when unpacked`);
      yield chunk;
    }
  } finally {
    content.destroy();
  }
}

/** The whole content, for documents that are small by nature. */
export async function readWhole(document: AdvisoryDocument, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of document.stream(maxBytes)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Lines without their end, in batches; a line over the limit throws. */
export async function* lineBatches(
  document: AdvisoryDocument,
  limits: { maxBytes: number; maxLineBytes: number },
): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of document.stream(limits.maxBytes)) {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.maxLineBytes) throw new Error(`a line of more than ${limits.maxLineBytes} bytes`);
    yield lines;
  }
  if (rest !== '') yield [rest];
}
