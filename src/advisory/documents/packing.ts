import { type Duplex, pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { bzip2Stream, isBzip2, xzStream } from '#foundation/index.ts';

const INFLATED_BYTES = 256 * 1024;
/** Formats that are unpacked in memory as a whole: no feed in them is nearly as large. */
const MAX_PACKED_BYTES = 256 * 1024 * 1024;

/** How feeds are packed, by their first bytes. */
type Packing = 'none' | 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** How many bytes `packingOf` wants to see. */
export const PACKING_MAGIC_BYTES = 6;

export function packingOf(start: Buffer): Packing {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2f_b528) return 'zstd';
  if (start.subarray(0, 6).equals(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]))) return 'xz';
  return isBzip2(start) ? 'bzip2' : 'none';
}

/** The content, unpacked; whoever iterates learns of damage. `maxBytes` bounds what comes out. */
export function unpackedStream(packed: Readable, packing: Packing, maxBytes: number): Readable {
  switch (packing) {
    case 'none':
      return packed;
    case 'gzip':
      return through(packed, createGunzip({ chunkSize: INFLATED_BYTES }));
    case 'zstd':
      return through(packed, createZstdDecompress({ chunkSize: INFLATED_BYTES }));
    case 'xz':
      return Readable.from(unpackedWhole(packed, (bytes) => xzStream(bytes, { maxOutputBytes: maxBytes })));
    case 'bzip2':
      return Readable.from(unpackedWhole(packed, (bytes) => bzip2Stream(bytes, { maxOutputBytes: maxBytes })));
  }
}

/** `pipeline` ends both streams when either fails; the failure itself reaches whoever iterates. */
function through(packed: Readable, unpacker: Duplex): Readable {
  return pipeline(packed, unpacker, () => undefined);
}

async function* unpackedWhole(
  packed: Readable,
  unpack: (bytes: Buffer) => { read(): Uint8Array | undefined; close(): void },
): AsyncGenerator<Buffer> {
  const stream = unpack(await wholeOf(packed));
  try {
    for (let chunk = stream.read(); chunk !== undefined; chunk = stream.read()) yield Buffer.from(chunk);
  } finally {
    stream.close();
  }
}

async function wholeOf(packed: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of packed) {
    if (!Buffer.isBuffer(chunk)) continue;
    total += chunk.length;
    if (total > MAX_PACKED_BYTES) throw new Error(`larger than ${MAX_PACKED_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
