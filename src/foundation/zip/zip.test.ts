import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type ZipMember, zipOf } from '../../../test/kit/zip.ts';
import { bufferAccess, openZip, writeStoredZip, type ZipLimits } from './index.ts';

const members: readonly ZipMember[] = [
  { name: 'a.json', content: '{"id":"A"}' },
  { name: 'empty', content: '' },
  { name: 'dir/ü.txt', content: 'stored', stored: true },
  { name: 'long', content: 'x'.repeat(100_000) },
];

function contents(bytes: Buffer, limits?: Partial<ZipLimits>): Record<string, string> | string {
  const zip = openZip(bufferAccess(bytes), limits);
  if (!zip.ok) return zip.error;
  const found: Record<string, string> = {};
  for (const entry of zip.value.entries()) {
    const content = zip.value.read(entry);
    if (!content.ok) return content.error;
    found[entry.name] = content.value.toString();
  }
  return found;
}

const expected = Object.fromEntries(members.map(({ name, content }) => [name, String(content)]));

test('reads stored and deflated entries in every layout', () => {
  const layouts = {
    plain: {},
    zip64: { zip64: true },
    'with a stub in front': { prefix: Buffer.from('#!/bin/sh\n') },
    'with a comment that looks like an end': { comment: zipOf([]).subarray(0, 21) },
  };
  for (const [name, shape] of Object.entries(layouts)) {
    assert.deepEqual(contents(zipOf(members, shape)), expected, name);
  }
  assert.deepEqual(contents(zipOf([])), {});
});

test('reads back what it writes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'plimsoll-zip-'));
  try {
    const path = join(directory, 'out.zip');
    const sources = members.map(({ name, content }) => ({ name, chunks: () => [Buffer.from(content)] }));
    const written = writeStoredZip(path, sources);
    const bytes = readFileSync(path);
    assert.deepEqual(written, { ok: true, value: { bytes: bytes.length } });
    assert.deepEqual(contents(bytes), expected);
    assert.throws(() => writeStoredZip(path, sources), { code: 'EEXIST' });
  } finally {
    rmSync(directory, { recursive: true });
  }
});

const hostile: readonly [string, Buffer, RegExp, Partial<ZipLimits>?][] = [
  ['no zip at all', Buffer.from('<html>not here</html>'), /not a zip file/],
  ['nothing', Buffer.alloc(0), /not a zip file/],
  [
    'two entries over the same bytes',
    zipOf([
      { name: 'a', content: 'x'.repeat(1000), stored: true },
      { name: 'b', content: 'y', stored: true, claims: { offset: 500 } },
    ]),
    /overlap/,
  ],
  ['an entry outside', zipOf([{ name: 'a', content: 'x', claims: { offset: 1_000_000 } }]), /outside/],
  [
    'a size that deflate cannot reach',
    zipOf([{ name: 'a', content: 'x', claims: { bytes: 50_000_000 } }]),
    /impossible/,
  ],
  ['a size too small', zipOf([{ name: 'a', content: 'x'.repeat(50), claims: { bytes: 10 } }]), /does not unpack/],
  ['a size too large', zipOf([{ name: 'a', content: 'x'.repeat(50), claims: { bytes: 51 } }]), /damaged/],
  ['a wrong checksum', zipOf([{ name: 'a', content: 'x', claims: { crc: 1 } }]), /damaged/],
  [
    'stored with two sizes',
    zipOf([{ name: 'a', content: 'abc', stored: true, claims: { bytes: 4 } }]),
    /two different/,
  ],
  ['an encrypted entry', zipOf([{ name: 'a', content: 'x', claims: { flags: 1 } }]), /encrypted/],
  ['a method that nobody has', zipOf([{ name: 'a', content: 'x', claims: { method: 99 } }]), /method 99/],
  ['too many entries', zipOf(members), /4 entries refused/, { maxEntries: 3 }],
  ['a large directory', zipOf(members), /directory of \d+ bytes refused/, { maxDirectoryBytes: 100 }],
  ['a large entry', zipOf(members), /100000 bytes refused/, { maxEntryBytes: 99_999 }],
  ['a large whole', zipOf(members), /unpacks to 100016 bytes refused/, { maxTotalBytes: 100_000 }],
  ['several disks', zipOf([]).fill(1, 4, 5), /several files/],
];

test('refuses hostile archives with words', () => {
  for (const [name, bytes, words, limits] of hostile) {
    const outcome = contents(bytes, limits);
    assert.ok(typeof outcome === 'string' && words.test(outcome), `${name}: ${JSON.stringify(outcome)}`);
  }
});

test('a cut or flipped archive is an error or the same content, never another content', () => {
  const whole = zipOf(members.slice(0, 3), { zip64: true });
  for (let length = 0; length < whole.length; length += 1) {
    assert.equal(typeof contents(whole.subarray(0, length)), 'string', `cut at ${length}`);
  }
  const names = new Set(Object.values(expected));
  for (let at = 0; at < whole.length; at += 1) {
    for (const bit of [0x01, 0x80]) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ bit;
      const outcome = contents(flipped);
      if (typeof outcome === 'string') continue;
      for (const content of Object.values(outcome)) assert.ok(names.has(content), `flipped at ${at}: ${content}`);
    }
  }
});
