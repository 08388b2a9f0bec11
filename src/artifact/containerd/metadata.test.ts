import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { DamagedInput } from '#foundation/index.ts';
import { findNamedImages } from './metadata.ts';

// Written by containerd 1.6: one image under some sixty names, so that the tree has inner pages.
const database = gunzipSync(readFileSync(new URL('testdata/meta.db.gz', import.meta.url)));
const directory = mkdtempSync(join(tmpdir(), 'plimsoll-bolt-'));
const path = join(directory, 'meta.db');
after(() => rmSync(directory, { recursive: true }));

const all = (bytes: Uint8Array) => {
  writeFileSync(path, bytes);
  return findNamedImages(path, () => true);
};

test('all names of all namespaces are found with their targets', () => {
  const images = all(database);
  assert.equal(images.filter(({ namespace }) => namespace === 'default').length, 60);
  const names = images.filter(({ namespace }) => namespace === 'k8s.io').map(({ name }) => name);
  assert.ok(names.includes('docker.io/library/kept:2'));
  assert.ok(images.some(({ name }) => name.endsWith('-60:v60')));
  assert.ok(!images.some(({ name }) => name.endsWith('-7:v7')));
  const [first] = images;
  assert.equal(first?.target.mediaType, 'application/vnd.oci.image.manifest.v1+json');
  assert.equal(first?.target.size, 502);
  assert.match(first?.target.digest ?? '', /^sha256:[0-9a-f]{64}$/);
});

test('the names wanted are the names given', () => {
  writeFileSync(path, database);
  assert.equal(findNamedImages(path, (name) => name === 'docker.io/sample/app:1.0').length, 2);
});

test('a torn first root page leaves the second to count', () => {
  const torn = Buffer.from(database);
  torn.fill(0, 16, 80);
  const [older, whole] = [all(torn), all(database)];
  assert.ok(older.length > 0 && Math.abs(older.length - whole.length) <= 1);
});

test('no database is said to be none', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(100_000), Buffer.from('SQLite format 3\0'.repeat(1000))]) {
    assert.throws(() => all(bytes), DamagedInput);
  }
});

test('whatever is broken in the file, reading ends with an answer or with damage', () => {
  let state = 12345;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state % below;
  };
  for (let round = 0; round < 400; round += 1) {
    const broken = Buffer.from(database);
    for (let changes = 0; changes <= round % 8; changes += 1) broken[80 + random(database.length - 80)] = random(256);
    const cut = round % 5 === 0 ? broken.subarray(0, random(database.length)) : broken;
    try {
      all(cut);
    } catch (thrown) {
      assert.ok(thrown instanceof DamagedInput, String(thrown));
    }
  }
});

test('pages that lead in circles end', () => {
  const broken = Buffer.from(database);
  for (let page = 2; page * 4096 < broken.length; page += 1) {
    broken.writeUInt16LE(0x01, page * 4096 + 8);
    broken.writeUInt16LE(200, page * 4096 + 10);
    broken.writeUInt32LE(0, page * 4096 + 12);
    for (let element = 0; element < 200; element += 1)
      broken.writeBigUInt64LE(BigInt(page), page * 4096 + 16 + element * 16 + 8);
  }
  assert.throws(() => all(broken), DamagedInput);
});
