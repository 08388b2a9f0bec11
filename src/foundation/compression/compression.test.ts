import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32, createGunzip, gzipSync, zstdCompressSync } from 'node:zlib';
import { type ByteStream, memoryStream, type SyncByteStream } from '../bytes/byte-stream.ts';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { codecHandle } from './codec-handle.ts';
import { detectCompression } from './detect.ts';
import { gzipStream } from './gzip.ts';
import { unpackBytes } from './unpack.ts';
import { zstdStream } from './zstd.ts';

async function drain(stream: ByteStream): Promise<{ text: string; code?: string }> {
  const chunks: Buffer[] = [];
  try {
    for (let chunk = await stream.read(); chunk; chunk = await stream.read()) chunks.push(Buffer.from(chunk));
    return { text: Buffer.concat(chunks).toString('latin1') };
  } catch (error) {
    assert.ok(error instanceof DamagedInput, String(error));
    return { text: Buffer.concat(chunks).toString('latin1'), code: error.code };
  } finally {
    stream.close();
  }
}

/** Input in pieces that share one buffer, as those of a file do. */
function pieces(bytes: Uint8Array, size: number): SyncByteStream {
  const buffer = Buffer.alloc(size);
  let at = 0;
  return {
    read() {
      const piece = bytes.subarray(at, at + size);
      at += size;
      buffer.fill(0xaa).set(piece);
      return piece.length > 0 ? buffer.subarray(0, piece.length) : undefined;
    },
    close: () => undefined,
  };
}

/** Without showing a megabyte of difference. */
function assertSame(actual: string, expected: string): void {
  assert.ok(actual === expected, `${actual.length} characters (${actual.slice(0, 40)}) instead of ${expected.length}`);
}

const gz = (text: string) => gzipSync(text);
const zst = (text: string) => zstdCompressSync(text);
const long = 'some text that repeats, '.repeat(50_000);
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
/** A member with extra field, name, comment and header checksum, as eStargz and others write some of them. */
const header = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 0xff, 2, 0, 1, 2]),
  Buffer.from('name\0comment\0'),
]);
const headerSum = Buffer.alloc(2);
headerSum.writeUInt16LE(crc32(header) & 0xffff);
const decorated = Buffer.concat([header, headerSum, gz('inner').subarray(10)]);

interface Case {
  readonly title: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly code?: string;
}

const gzipCases: readonly Case[] = [
  { title: 'one member', bytes: gz(long), text: long },
  { title: 'an empty file', bytes: gz(''), text: '' },
  {
    title: 'several members',
    bytes: Buffer.concat([gz('one '), gz(''), gz('two '), gz(long)]),
    text: `one two ${long}`,
  },
  { title: 'zero padding', bytes: Buffer.concat([gz('padded'), Buffer.alloc(5000)]), text: 'padded' },
  { title: 'all header fields', bytes: Buffer.concat([gz('a'), decorated]), text: 'ainner' },
  {
    title: 'garbage behind',
    bytes: Buffer.concat([gz('kept'), Buffer.from('garbage')]),
    text: 'kept',
    code: 'gzip-trailing-data',
  },
  { title: 'cut in the data', bytes: gz('x').subarray(0, 11), text: '', code: 'gzip-truncated' },
  { title: 'cut in the trailer', bytes: gz('kept').subarray(0, -3), text: 'kept', code: 'gzip-truncated' },
  { title: 'cut in the header', bytes: gz('x').subarray(0, 5), text: '', code: 'gzip-truncated' },
  { title: 'a wrong checksum', bytes: flipped(gz('kept'), -6), text: 'kept', code: 'gzip-damaged' },
  { title: 'a wrong length', bytes: flipped(gz('kept'), -2), text: 'kept', code: 'gzip-damaged' },
  { title: 'an unknown method', bytes: flipped(gz('x'), 2), text: '', code: 'gzip-damaged' },
];

const zstdCases: readonly Case[] = [
  { title: 'one frame', bytes: zst(long), text: long },
  {
    title: 'frames and skippable frames',
    bytes: Buffer.concat([skippable, zst('one '), skippable, zst(long), skippable]),
    text: `one ${long}`,
  },
  { title: 'cut', bytes: zst(long).subarray(0, -3), text: long, code: 'zstd-truncated' },
  {
    title: 'garbage behind',
    bytes: Buffer.concat([zst('kept'), Buffer.from('garbage')]),
    text: 'kept',
    code: 'zstd-damaged',
  },
];

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 0x10;
  return copy;
}

for (const [format, cases, open] of [
  ['gzip', gzipCases, gzipStream],
  ['zstd', zstdCases, zstdStream],
] as const) {
  describe(format, () => {
    for (const { title, bytes, text, code } of cases) {
      test(title, async () => {
        for (const source of [memoryStream(bytes), pieces(bytes, 1), pieces(bytes, 7), pieces(bytes, 4096)]) {
          const result = await drain(open(source));
          assert.equal(result.code, code);
          // What a damaged frame held before the damage is not promised.
          if (code === undefined || format === 'gzip') assertSame(result.text, text);
        }
      });

      test(`${title}, through public API`, async () => {
        const result = await drain(open(pieces(bytes, 50), { useHandle: false }));
        // Node ignores what follows the last member; nothing else may differ between an answer and no answer.
        if (code === undefined) assertSame(result.text, text);
        else if (!title.startsWith('garbage')) assert.notEqual(result.code, undefined);
      });
    }

    test('any flipped byte is an error or the same text', async () => {
      const text = 'short text, short text and a little more';
      const whole = format === 'gzip' ? gz(text) : zst(text);
      for (let at = 0; at < whole.length; at++) {
        const result = await drain(open(memoryStream(flipped(whole, at))));
        if (format === 'gzip' && result.code === undefined) assert.equal(result.text, text, `byte ${at}`);
      }
    });
  });
}

test('formats are told by their first bytes', () => {
  const heads: readonly (readonly [string, Buffer])[] = [
    ['gzip', gz('x')],
    ['zstd', zst('x')],
    ['zstd', skippable],
    ['xz', Buffer.from('fd377a585a00', 'hex')],
    ['bzip2', Buffer.from('BZh9')],
    ['none', Buffer.from('etc/passwd')],
    ['none', Buffer.alloc(0)],
  ];
  for (const [format, head] of heads) assert.equal(detectCompression(head), format);
});

describe('bounds', () => {
  const limits = { maxBytes: 2_000_000, maxRatio: 100, ratioFromBytes: 1_000_000 };
  const zeros = Buffer.alloc(1_500_000);
  for (const [title, bytes, code] of [
    ['more bytes than the bound', gzipSync(Buffer.alloc(3_000_000), { level: 0 }), 'unpack-limit'],
    ['a bomb by its ratio (gzip)', gzipSync(zeros), 'unpack-limit'],
    ['a bomb by its ratio (zstd)', zstdCompressSync(zeros), 'unpack-limit'],
    ['zeros below the size that is looked at', gzipSync(zeros.subarray(0, 500_000)), undefined],
    ['a format that is not read', Buffer.from('BZh91AY'), 'compression-unsupported'],
  ] as const) {
    test(title, async () => {
      const run = async () => (await drain(unpackBytes(bytes, { limits }).stream)).code;
      const result = await run().catch((error: unknown) =>
        error instanceof DamagedInput ? error.code : String(error),
      );
      assert.equal(result, code);
    });
  }

  test('a bomb stops early', () => {
    const { stream } = unpackBytes(gzipSync(Buffer.alloc(50_000_000)), { limits });
    let bytes = 0;
    assert.throws(() => {
      for (let chunk = stream.read(); chunk instanceof Uint8Array; chunk = stream.read()) bytes += chunk.length;
    }, DamagedInput);
    assert.ok(bytes <= limits.maxBytes);
  });
});

test('the codec handle is found in this Node, and missed where a stream is built differently', () => {
  const codec = createGunzip();
  assert.ok(codecHandle(codec));
  Reflect.set(codec, '_writeState', undefined);
  assert.equal(codecHandle(codec), undefined);
});
