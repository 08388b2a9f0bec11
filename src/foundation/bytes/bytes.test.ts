import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileStream } from './byte-stream.ts';
import { DamagedInput } from './damaged-input.ts';
import { descriptorContent, type FileContent, memoryContent } from './file-content.ts';
import { Spool } from './spool.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-bytes-'));
after(() => rmSync(directory, { recursive: true }));

const text = 'héllo, content';
const bytes = Buffer.from(text);
const path = join(directory, 'file');
writeFileSync(path, Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')]));

describe('content', () => {
  const descriptor = openSync(path, 'r');
  const spool = new Spool(directory);
  spool.write(bytes.subarray(0, 5));
  spool.write(bytes.subarray(5));
  after(() => {
    closeSync(descriptor);
    spool.close();
    spool.close();
  });
  const kinds: readonly (readonly [string, FileContent])[] = [
    ['in memory', memoryContent(bytes)],
    ['in a part of a file', descriptorContent(descriptor, 7, bytes.length)],
    ['in a spool', spool.content()],
  ];
  for (const [title, content] of kinds) {
    test(title, () => {
      assert.equal(content.size, bytes.length);
      assert.equal(content.text(), text);
      assert.deepEqual(Buffer.from(content.bytes()), bytes);
      assert.equal(Buffer.from(content.slice(0, 1)).toString(), 'h');
      assert.equal(Buffer.from(content.slice(8, 100)).toString(), 'content');
      assert.equal(content.slice(100, 10).length, 0);
      assert.equal(content.slice(-5, 1).length, 1);
    });
  }
});

test('a spool has no name in the file system', () => {
  const own = join(directory, 'own');
  rmSync(own, { recursive: true, force: true });
  const spool = new Spool(directory);
  assert.deepEqual(readdirSync(directory), ['file']);
  spool.close();
});

test('a file that shrinks while it is read is damage, not zeros', () => {
  const shrinking = join(directory, 'shrinking');
  writeFileSync(shrinking, Buffer.alloc(1000, 1));
  const descriptor = openSync(shrinking, 'r');
  const content = descriptorContent(descriptor, 0, 1000);
  truncateSync(shrinking, 10);
  assert.throws(() => content.bytes(), DamagedInput);
  closeSync(descriptor);
  rmSync(shrinking);
});

test('a file stream skips, shows and ends where its part ends', () => {
  const big = join(directory, 'big');
  const data = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index & 0xff));
  writeFileSync(big, data);
  const descriptor = openSync(big, 'r');
  const stream = fileStream({ descriptor, offset: 100, length: 150_000 });
  const first = Buffer.from(stream.read() ?? []);
  assert.deepEqual(first, data.subarray(100, 100 + first.length));
  assert.equal(stream.skip?.(50_000), 50_000);
  assert.equal(stream.read()?.[0], data[100 + first.length + 50_000]);
  assert.deepEqual(Buffer.from(stream.view?.(10, 5).bytes() ?? []), data.subarray(110, 115));
  assert.equal(stream.view?.(149_999, 5).size, 1);
  assert.ok((stream.skip?.(1e9) ?? 0) < 150_000);
  assert.equal(stream.read(), undefined);
  closeSync(descriptor);
  rmSync(big);
});
