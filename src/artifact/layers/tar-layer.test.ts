import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type TarEntrySpec, tarOf } from '../../../test/kit/tar.ts';
import type { FileWish } from './file-wish.ts';
import type { LayerChange, LayerWalk } from './layer-change.ts';
import { compileSelection } from './selection.ts';
import { type TarLayerOptions, walkTarLayer } from './tar-layer.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-layer-'));
after(() => rmSync(directory, { recursive: true }));

const wishes: readonly FileWish[] = [
  { reader: 'r', pattern: { kind: 'path', path: 'lib/db/status', maxBytes: 100 } },
  { reader: 'r', pattern: { kind: 'directory', path: 'lib/db/info', suffix: '.list', maxBytes: 100 } },
];

async function walk(bytes: Uint8Array, options: TarLayerOptions = {}): Promise<LayerWalk<string>> {
  const path = join(directory, 'layer');
  writeFileSync(path, Buffer.concat([Buffer.from('front'), bytes, Buffer.from('back')]));
  const source = { kind: 'file', path, offset: 5, length: bytes.length } as const;
  return walkTarLayer(source, compileSelection(wishes), ({ content }) => content.text(), options);
}

const codes = (layer: LayerWalk<string>) => layer.problems.map(({ code }) => code);

describe('what a layer changes', () => {
  const cases: readonly { title: string; entries: readonly TarEntrySpec[]; changes: readonly LayerChange<string>[] }[] =
    [
      {
        title: 'wanted files are read, what is not on the way is not kept',
        entries: [
          { name: 'lib/', type: 'directory' },
          { name: 'bin/', type: 'directory' },
          { name: 'lib/db/status', body: 'S' },
          { name: 'lib/db/info/a.list', body: 'L' },
          { name: 'lib/db/info/a.md5', body: 'M' },
        ],
        changes: [
          { kind: 'directory', path: 'lib' },
          { kind: 'file', path: 'lib/db/status', read: 'S' },
          { kind: 'file', path: 'lib/db/info/a.list', read: 'L' },
        ],
      },
      {
        title: 'links, devices and files on the way',
        entries: [
          { name: 'lib', type: 'symlink', linkname: 'usr/lib' },
          { name: 'lib/db', body: 'in the way' },
          { name: 'lib/db/info', type: 'fifo' },
        ],
        changes: [
          { kind: 'link', path: 'lib', target: 'usr/lib' },
          { kind: 'file', path: 'lib/db' },
          { kind: 'other', path: 'lib/db/info' },
        ],
      },
      {
        title: 'deletions',
        entries: [
          { name: 'lib/db/.wh.status' },
          { name: 'lib/db/info/.wh.a.list' },
          { name: 'lib/.wh..wh..opq' },
          { name: '.wh..wh..opq' },
          { name: 'bin/.wh.sh' },
          { name: '.wh..wh.plnk' },
        ],
        changes: [
          { kind: 'whiteout', path: 'lib/db/status' },
          { kind: 'whiteout', path: 'lib/db/info/a.list' },
          { kind: 'opaque', path: 'lib' },
          { kind: 'opaque', path: '' },
        ],
      },
      {
        title: 'deletions as an overlay file system has them',
        entries: [
          { name: 'lib/db', type: 'character-device' },
          { name: 'lib', type: 'directory', pax: { 'SCHILY.xattr.user.overlay.opaque': 'y' } },
          { name: 'lib/db/status', type: 'character-device', devmajor: 1 },
        ],
        changes: [
          { kind: 'whiteout', path: 'lib/db' },
          { kind: 'opaque', path: 'lib' },
          { kind: 'directory', path: 'lib' },
          { kind: 'other', path: 'lib/db/status' },
        ],
      },
      {
        title: 'a hard link to a file that was not read',
        entries: [
          { name: 'objects/1', body: 'S' },
          { name: 'lib/db/status', type: 'hardlink', linkname: '/objects/1' },
        ],
        changes: [{ kind: 'file', path: 'lib/db/status', read: 'S' }],
      },
      {
        title: 'a hard link to a hard link',
        entries: [
          { name: 'o/1', body: 'S' },
          { name: 'o/2', type: 'hardlink', linkname: 'o/1' },
          { name: 'lib/db/status', type: 'hardlink', linkname: 'o/2' },
        ],
        changes: [{ kind: 'file', path: 'lib/db/status', read: 'S' }],
      },
      {
        title: 'a hard link means the file as it is at that place of the archive',
        entries: [
          { name: 'o', body: '1' },
          { name: 'o', body: '2' },
          { name: 'lib/db/status', type: 'hardlink', linkname: 'o' },
          { name: 'o', body: '3' },
        ],
        changes: [{ kind: 'file', path: 'lib/db/status', read: '2' }],
      },
      {
        title: 'hard links that lead in a circle or to nothing',
        entries: [
          { name: 'lib/db/status', type: 'hardlink', linkname: 'lib/db/info/a.list' },
          { name: 'lib/db/info/a.list', type: 'hardlink', linkname: 'lib/db/status' },
        ],
        changes: [
          { kind: 'hard-link', path: 'lib/db/status', target: 'lib/db/info/a.list' },
          { kind: 'hard-link', path: 'lib/db/info/a.list', target: 'lib/db/status' },
        ],
      },
    ];
  for (const { title, entries, changes } of cases) {
    test(title, async () => {
      const bytes = tarOf(entries);
      for (const packed of [bytes, gzipSync(bytes), zstdCompressSync(bytes)]) {
        const layer = await walk(packed);
        assert.deepEqual(layer.changes, changes);
        assert.deepEqual(layer.problems, []);
      }
    });
  }
});

describe('bounds and damages', () => {
  const status = (size: number): TarEntrySpec => ({ name: 'lib/db/status', body: 'x'.repeat(size) });
  const sound = tarOf([status(10), { name: 'lib/db/info/a.list', body: 'L' }]);
  test('a file over its bound is left out and said', async () => {
    const layer = await walk(tarOf([status(101)]));
    assert.deepEqual(layer.changes, [{ kind: 'file', path: 'lib/db/status' }]);
    assert.deepEqual(codes(layer), ['file-too-large']);
  });
  test('deletion marks that name nothing', async () => {
    const layer = await walk(tarOf(['.wh.', '.wh..', '.wh...'].map((name) => ({ name: `lib/${name}` }))));
    assert.deepEqual(layer.changes, []);
    assert.deepEqual(
      layer.problems.map(({ code, count }) => [code, count]),
      [['layer-whiteout-invalid', 3]],
    );
  });
  test('more changes than are kept', async () => {
    const layer = await walk(sound, { limits: { maxChanges: 1 } });
    assert.equal(layer.changes.length, 1);
    assert.deepEqual(codes(layer), ['layer-change-limit']);
  });
  for (const [title, bytes, code] of [
    ['cut gzip', gzipSync(sound).subarray(0, -20), 'gzip-truncated'],
    ['cut zstd', zstdCompressSync(sound).subarray(0, -5), 'zstd-truncated'],
    ['cut archive', sound.subarray(0, 700), 'tar-truncated'],
    ['bzip2', Buffer.from('BZh91AY&SY'), 'compression-unsupported'],
  ] as const) {
    test(title, async () => {
      const layer = await walk(bytes);
      assert.equal(codes(layer)[0], code);
      assert.ok(layer.problems.every(({ effect }) => effect === 'incomplete'));
    });
  }
  test('a part that reaches beyond its file', async () => {
    const path = join(directory, 'short');
    writeFileSync(path, sound.subarray(0, 600));
    const layer = await walkTarLayer(
      { kind: 'file', path, offset: 0, length: 9999 },
      compileSelection(wishes),
      () => '',
    );
    assert.deepEqual(codes(layer), ['tar-truncated']);
  });
  test('what the reader throws passes, apart from damage of the input', async () => {
    const path = join(directory, 'layer');
    writeFileSync(path, sound);
    const source = { kind: 'file', path, offset: 0, length: sound.length } as const;
    const fail = () => {
      throw new TypeError('a bug');
    };
    await assert.rejects(walkTarLayer(source, compileSelection(wishes), fail), TypeError);
  });
});

describe('the digest of the uncompressed archive', () => {
  const bytes = tarOf([{ name: 'a', body: 'A' }], { trailer: Buffer.alloc(3000) });
  const diffId = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  for (const [title, packed] of [
    ['uncompressed', bytes],
    ['gzip', gzipSync(bytes)],
    ['zstd', zstdCompressSync(bytes)],
  ] as const) {
    test(title, async () => assert.equal((await walk(packed, { diffIdAlgorithm: 'sha256' })).diffId, diffId));
  }
  test('is not given for what was not read to its end', async () => {
    assert.equal((await walk(gzipSync(bytes).subarray(0, -9), { diffIdAlgorithm: 'sha256' })).diffId, undefined);
  });
});

test('of the lowest layer, what nobody wants is kept only where it replaces something of the layer itself', async () => {
  const tar = tarOf([
    { name: 'lib/', type: 'directory' },
    { name: 'lib/db/status', body: 'S' },
    { name: 'lib/db/info/a.list', body: 'L' },
    { name: 'lib/db/info', body: 'now a file' },
    { name: 'lib/db', body: 'now a file' },
    { name: 'lib/db', type: 'symlink', linkname: 'x' },
  ]);
  const kept = async (isLowest: boolean) =>
    (await walk(tar, { isLowest })).changes.map(({ kind, path }) => `${kind} ${path}`);
  assert.deepEqual(['directory lib', ...(await kept(true))], await kept(false));
  const plain = tarOf([
    { name: 'lib', body: 'f' },
    { name: 'lib/db', body: 'f' },
  ]);
  assert.deepEqual((await walk(plain, { isLowest: true })).changes, []);
  assert.equal((await walk(plain)).changes.length, 2);
});
