import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { DamagedInput } from '../bytes/damaged-input.ts';
import { type XzLimits, xzStream } from './index.ts';

/** The reference to compare with. */
const XZ = 'xz';
const noXz = spawnSync(XZ, ['--version']).status === 0 ? false : 'no xz program on this machine to compare with';

function decode(input: Uint8Array, limits: XzLimits = { maxOutputBytes: 64 << 20 }): Buffer | string {
  const chunks: Buffer[] = [];
  const stream = xzStream(input, limits);
  try {
    for (let chunk = stream.read(); chunk; chunk = stream.read()) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof DamagedInput) return error.message;
    throw error;
  } finally {
    stream.close();
  }
}

/** Deterministic bytes: texts that repeat, noise that does not compress, and x86-like calls. */
function sample(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed >>> 0;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const kind = (index >>> 12) % 4;
    if (kind === 0) bytes[index] = state >>> 24;
    else if (kind === 1) bytes[index] = 'Package: '.charCodeAt(index % 9);
    else if (kind === 2) bytes[index] = [0xe8, state >>> 28, 0, 0xe9, 0, 0xff][index % 6] as number;
    else bytes[index] = index >= 5000 ? (bytes[index - 4097 - (state >>> 31)] as number) : 0;
  }
  return bytes;
}

/** The text `hello, xz` + newline, as `xz -C crc64` writes it. */
const HELLO = Buffer.from(
  '/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAJaGVsbG8sIHh6CgAAAOsStov8cd8oAAEiChUa4WcftvN9AQAAAAAEWVo=',
  'base64',
);

const encodings: readonly (readonly string[])[] = [
  ['-0'],
  ['-6'],
  ['-9e'],
  ['--check=none'],
  ['--check=crc32'],
  ['--check=crc64'],
  ['--check=sha256'],
  ['--block-size=100000'],
  ['-T2', '--block-size=65536'],
  ['--x86', '--lzma2=preset=6'],
  ['--x86=start=4096', '--lzma2=preset=1'],
  ['--delta=dist=4', '--lzma2=preset=1'],
  ['--x86', '--delta=dist=1', '--lzma2=preset=0'],
  ['--lzma2=preset=6,lc=0,lp=2,pb=0'],
  ['--lzma2=preset=6,lc=4,lp=0,pb=4'],
  ['--lzma2=preset=6,dict=4KiB'],
  ['--lzma2=preset=6,dict=64KiB,nice=273,mf=bt4'],
];

for (const options of encodings) {
  test(`what xz ${options.join(' ')} wrote is read back`, { skip: noXz }, () => {
    for (const size of [0, 1, 4, 5, 6, 4096, 70_001, 600_001]) {
      const plain = sample(size, size + 1);
      const packed = execFileSync(XZ, ['-c', '--threads=1', ...options], { input: plain, maxBuffer: 64 << 20 });
      const read = decode(packed);
      assert.ok(Buffer.isBuffer(read), String(read));
      assert.equal(read.equals(plain), true, `${size} bytes`);
    }
  });
}

test('several streams with padding between them are one file', { skip: noXz }, () => {
  const parts = [sample(50_000, 7), sample(10, 8)];
  const packed = parts.map((part) => execFileSync(XZ, ['-c'], { input: part }));
  const read = decode(Buffer.concat([packed[0] as Buffer, Buffer.alloc(8), packed[1] as Buffer, Buffer.alloc(4)]));
  assert.deepEqual(read, Buffer.concat(parts));
});

test('a small file of known bytes is read without any program', () => {
  assert.equal(String(decode(HELLO)), 'hello, xz\n');
});

test('every truncation is an error', () => {
  for (let end = 0; end < HELLO.length; end += 1) {
    assert.equal(typeof decode(HELLO.subarray(0, end)), 'string', `first ${end} bytes`);
  }
});

test('every flipped bit is an error or changes nothing', () => {
  for (let bit = 0; bit < HELLO.length * 8; bit += 1) {
    const damaged = Buffer.from(HELLO);
    damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    assert.equal(typeof decode(damaged), 'string', `bit ${bit}`);
  }
});

test('damage in a larger file never passes and never crashes', { skip: noXz }, () => {
  const packed = execFileSync(XZ, ['-c', '-1'], { input: sample(200_000, 3) });
  for (let position = 0; position < packed.length; position += 997) {
    const damaged = Buffer.from(packed);
    damaged.writeUInt8(damaged.readUInt8(position) ^ 0x55, position);
    assert.equal(typeof decode(damaged), 'string', `byte ${position}`);
  }
});

test('output beyond the limit is refused', { skip: noXz }, () => {
  const packed = execFileSync(XZ, ['-c', '-9'], { input: Buffer.alloc(20 << 20) });
  assert.match(String(decode(packed, { maxOutputBytes: 1 << 20 })), /more than allowed/);
});

test('a dictionary beyond the limit is refused', { skip: noXz }, () => {
  const packed = execFileSync(XZ, ['-c', '--lzma2=preset=0,dict=128MiB'], { input: 'x' });
  assert.match(String(decode(packed)), /dictionary of 134217728 bytes/);
  assert.equal(String(decode(packed, { maxOutputBytes: 10, maxDictionaryBytes: 1 << 27 })), 'x');
});

test('a stream may be left half-read', { skip: noXz }, () => {
  const plain = sample(3_000_000, 11);
  const packed = execFileSync(XZ, ['-c', '-0'], { input: plain, maxBuffer: 64 << 20 });
  const stream = xzStream(packed, { maxOutputBytes: plain.length });
  const first = Buffer.from(stream.read() ?? []);
  stream.close();
  assert.equal(stream.read(), undefined);
  assert.equal(plain.subarray(0, first.length).equals(first), true);
  assert.equal(decode(packed) instanceof Buffer, true);
});
