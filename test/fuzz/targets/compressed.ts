import assert from 'node:assert/strict';
import { crc32, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { type ByteStream, memoryStream } from '#foundation/bytes/byte-stream.ts';
import { bzip2Stream } from '#foundation/bzip2/index.ts';
import { gzipStream } from '#foundation/compression/gzip.ts';
import { zstdStream } from '#foundation/compression/zstd.ts';
import { type DamagedInput, unpackBytes, xzStream } from '#foundation/index.ts';
import { contentOf } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const limits = { maxBytes: MAX_BYTES, maxRatio: 400, ratioFromBytes: 1024 * 1024 };

/** Texts that repeat and noise that does not. */
function sample(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = size;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = at % 700 < 500 ? 'Package: harbour\n'.charCodeAt(at % 17) : state >>> 24;
  }
  return bytes;
}

const samples = [Buffer.alloc(0), Buffer.from('a few bytes'), sample(3000), sample(40_000)];

export const gzip: FuzzTarget = {
  id: 'gzip',
  title: 'gzip streams, compared with node:zlib',
  form: 'little-endian',
  seeds: () => [
    ...samples.map((content) => gzipSync(content)),
    Buffer.concat([gzipSync('one'), gzipSync('two'), Buffer.alloc(20)]),
    gzipSync(sample(3000), { level: 0 }),
    withGzipFields(gzipSync('with name, comment, extra and header checksum')),
  ],
  async run(bytes) {
    const ours = await contentOf(() => gzipStream(memoryStream(bytes)), Number.MAX_SAFE_INTEGER);
    const theirs = reference(() => gunzipSync(bytes, { maxOutputLength: MAX_BYTES * 4 }));
    if (!(theirs instanceof Error && HEADER_ONLY.test(theirs.message))) agrees(ours, theirs);
    agrees(await contentOf(() => gzipStream(inPieces(bytes)), Number.MAX_SAFE_INTEGER), ours);
    await checkLimit(bytes);
  },
};

export const zstd: FuzzTarget = {
  id: 'zstd',
  title: 'zstd streams, compared with node:zlib',
  form: 'little-endian',
  seeds: () => [
    ...samples.map((content) => zstdCompressSync(content)),
    Buffer.concat([skippable(), zstdCompressSync('one'), zstdCompressSync('two'), skippable()]),
  ],
  async run(bytes) {
    const ours = await contentOf(() => zstdStream(memoryStream(bytes)), Number.MAX_SAFE_INTEGER);
    const pieces = await contentOf(() => zstdStream(inPieces(bytes)), Number.MAX_SAFE_INTEGER);
    sameContent(pieces, ours);
    await checkLimit(bytes);
    // `zstdDecompressSync` reads the first frame only; libzstd itself is less strict with pieces than with the whole.
    const first = reference(() => zstdDecompressSync(bytes, { maxOutputLength: MAX_BYTES * 4 }));
    if (ours instanceof Buffer && first instanceof Buffer)
      assert.ok(ours.subarray(0, first.length).equals(first), 'the same content');
  },
};

/** `xz` of texts and zeros, with LZMA chunks, every kind of check and two of the filters; written by XZ Utils 5.4. */
const xzSamples = [
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AJnAE9dACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqD5d4B9mnndGwdBImKa4FsIi2NzXMIMqswBCnUlJ48tV6wvWf1vUxKZKIAAAE0l2JIzve+KAAFr6AQAAAANMKA2scRn+wIAAAAABFla',
  '/Td6WFoAAAFpIt42AgAhAQwAAACPmEGc4AJnAE9dACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqD5d4B9mnndGwdBImKa4FsIi2NzXMIMqswBCnUlJ48tV6wvWf1vUxKZKIAAAJB6WNsAAWfoBAAAAHbwYkE+MA2LAgAAAAABWVo=',
  '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AJnAE9dACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqD5d4B9mnndGwdBImKa4FsIi2NzXMIMqswBCnUlJ48tV6wvWf1vUxKZKIAAAJCgyr12lXlJmr++racuEpmXqIekHIqw3nKovZn+M6kFAAGDAegEAAAQWtNytunfHAIAAAAAClla',
  '/Td6WFoAAAD/EtlBAgAhARYAAAB0L+Wj4AJnAE9dACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqD5d4B9mnndGwdBImKa4FsIi2NzXMIMqswBCnUlJ48tV6wvWf1vUxKZKIAAAAABY+gEAAAAYLLz2qgACvwCAAAAAABZWg==',
  '/Td6WFoAAAFpIt42AgEEACEBEACLIW9J4AJnAGNdACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqEGd5x5575E5mIMqgeFGqRRiQNwK0OGDOyruTqP3b1qNP/OevWHmDHp0qDPtSYqISMlD4LoN3EU2pOvflzRDwAAkHpY2wABe+gEAAAAljJ2NT4wDYsCAAAAAAFZWg==',
  '/Td6WFoAAAFpIt42AgEDAQMhARCiKhIV4AJnAHBdACgYSGbY8zEazRF6BwOY5ZI10Zp7kVLZqqRadv777lVvMzS9STN9p1BSXpzjYHBwwM0oJFgI4iCjxa2eteoz4qS81GTKbAo1MS+5M0fzq6Kl4OTfCkZMLvWcTHN3ZIWHjeKIaRC42XmUq5ilDT0NheAAkHpY2wABiAHoBAAA06oUGD4wDYsCAAAAAAFZWg==',
  '/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj4ADHADhdACgYSGbb2jCF/hblWQFfUOhrqmmZpyWjfW76P0KEy2OTnfY4rqD5d4B9mnndGwdBImKa4FbFiA0AADlgexwCACEBFgAAAHQv5aPgAMcAN10AAG4NL8TgnOeLtbhdD8PBrlqd06x76Uq7DqjuVJkr1pfubHwEFGH52jigu4TZ17VqLk0Q0DDgAAAAB5dVmQIAIQEWAAAAdC/lo+AAxwA6XQA5C0LAp7Xcn1lrYSaPP2ikrTujw3GxxbHg++S1DUsM88Fodxa6/gCp5bDiJhV3CQoJ2v0SaWvPTN4AAAAAZPEn0gIAIQEWAAAAdC/lo+AADwALXQAAbBtPnBOXyuAAAAAAQHQnTwAEUMgBT8gBUsgBIxAAAACTjftRI9NUXQQAAAAAAVla',
] as const;

export const xz: FuzzTarget = {
  id: 'xz',
  title: 'xz files',
  form: 'little-endian',
  seeds: () => {
    const files = xzSamples.map((text) => Buffer.from(text, 'base64'));
    return [...files, Buffer.concat([files[0] ?? Buffer.alloc(0), Buffer.alloc(8), files[1] ?? Buffer.alloc(0)])];
  },
  repair: repairXz,
  async run(bytes) {
    await contentOf(
      () => xzStream(bytes, { maxOutputBytes: MAX_BYTES, maxDictionaryBytes: 16 * 1024 * 1024 }),
      MAX_BYTES,
    );
  },
};

/** Texts and runs, written by bzip2 1.0.8. */
const bzip2Samples = [
  'QlpoORdyRThQkAAAAAA=',
  'QlpoOTFBWSZTWf7DyFIAAAERgEAAMwAMoCAAMQZMQQaD0gusEOn4u5IpwoSH9h5CkA==',
  'QlpoOTFBWSZTWfptIKYAAAlRCeAAACA8AAAQAIAACCAAMQAwG1CZonKpRcGOzdSMOwbH0lOFBPxdyRThQkPptIKY',
  'QlpoOTFBWSZTWc+6oLQAAAGRAEAAAgGgACGaaDNNDLxdyRThQkM+6oLQQlpoOTFBWSZTWc3cjZoAAACBgAAAhIAgACGYGYRhdyRThQkM3cjZoA==',
] as const;

export const bzip2: FuzzTarget = {
  id: 'bzip2',
  title: 'bzip2 files',
  form: 'big-endian',
  seeds: () => bzip2Samples.map((text) => Buffer.from(text, 'base64')),
  async run(bytes) {
    await contentOf(() => bzip2Stream(bytes, { maxOutputBytes: MAX_BYTES }), MAX_BYTES);
  },
};

/** What we let pass: nothing of it changes the content. */
const HEADER_ONLY = /header crc mismatch|unknown header flags/;

function sameContent(a: Buffer | Error, b: Buffer | Error): void {
  if (a instanceof Buffer && b instanceof Buffer) assert.ok(a.equals(b), 'the same content');
}

/** Both refuse, or both give the same. */
function agrees(ours: Buffer | DamagedInput, theirs: Buffer | Error): void {
  if (ours instanceof Buffer && theirs instanceof Buffer) sameContent(ours, theirs);
  else assert.equal(ours instanceof Error, theirs instanceof Error, `${words(ours)} / ${words(theirs)}`);
}

function words(outcome: Buffer | Error): string {
  return outcome instanceof Error ? outcome.message : `${outcome.length} bytes`;
}

function reference(run: () => Buffer): Buffer | Error {
  try {
    return run();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function checkLimit(bytes: Uint8Array): Promise<void> {
  await contentOf(() => unpackBytes(bytes, { limits }).stream, MAX_BYTES);
}

function inPieces(bytes: Uint8Array): { read(): Uint8Array | undefined; close(): void } & ByteStream {
  let at = 0;
  return {
    read() {
      if (at >= bytes.length) return undefined;
      at += 7;
      return bytes.subarray(at - 7, at);
    },
    close: () => undefined,
  };
}

/** RFC 1952, 2.3: FEXTRA, FNAME, FCOMMENT and FHCRC between the fixed header and the data. */
function withGzipFields(plain: Buffer): Buffer {
  const header = Buffer.from(plain.subarray(0, 10));
  header[3] = 0x1e;
  const fields = Buffer.concat([header, Buffer.from([4, 0, 65, 66, 0, 0]), Buffer.from('name\0comment\0')]);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(crc32(fields) & 0xffff);
  return Buffer.concat([fields, checksum, plain.subarray(10)]);
}

function skippable(): Buffer {
  return Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('hello')]);
}

/** Checksums of stream header and first block header, so that changes of their fields are seen. */
function repairXz(bytes: Buffer): Buffer {
  if (bytes.length < 24) return bytes;
  bytes.writeUInt32LE(crc32(bytes.subarray(6, 8)), 8);
  const headerBytes = ((bytes[12] ?? 0) + 1) * 4;
  const end = 12 + headerBytes - 4;
  if (headerBytes >= 8 && end + 4 <= bytes.length) bytes.writeUInt32LE(crc32(bytes.subarray(12, end)), end);
  return bytes;
}
