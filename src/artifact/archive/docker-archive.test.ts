import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openFailure, openImage } from '../../../test/kit/open-image.ts';
import { sampleConfig, sha256 } from '../../../test/kit/sample-layout.ts';
import { type TarEntrySpec, tarOf } from '../../../test/kit/tar.ts';
import type { TargetErrorCode } from '../target-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-archive-'));
after(() => rmSync(directory, { recursive: true }));
let made = 0;
function write(bytes: Uint8Array, suffix = 'tar'): string {
  made += 1;
  const path = join(directory, `image-${made}.${suffix}`);
  writeFileSync(path, bytes);
  return path;
}

const layerTar = tarOf([{ name: 'etc/os-release', body: 'ID=test\n' }]);
const otherTar = tarOf([{ name: 'other', body: 'x' }]);
const config = JSON.stringify(sampleConfig('amd64', [sha256(layerTar)]));
const configName = `${sha256(config).slice(7)}.json`;
const manifestOf = (images: readonly object[]): TarEntrySpec => ({
  name: 'manifest.json',
  body: JSON.stringify(images),
});
const image = { Config: configName, RepoTags: ['app:1'], Layers: ['a/layer.tar'] };
const parts: readonly TarEntrySpec[] = [
  { name: configName, body: config },
  { name: 'a/layer.tar', body: layerTar },
];

test('layers are slices of the archive', async () => {
  const path = write(tarOf([manifestOf([image]), ...parts]));
  const opened = await openImage(path);
  const [layer] = opened.layers;
  assert.equal(layer?.content.kind, 'file');
  if (layer?.content.kind !== 'file') return;
  const { offset, length } = layer.content;
  assert.deepEqual(readFileSync(path).subarray(offset, offset + length), Buffer.from(layerTar));
  assert.equal(opened.scheme, 'archive');
  assert.equal(opened.configDigest, sha256(config));
  assert.equal(layer.diffId, sha256(layerTar));
  assert.match(layer.mediaType, /\.tar$/);
});

test('a packed layer shows by its first bytes', async () => {
  const entries = [
    manifestOf([image]),
    { name: configName, body: config },
    { name: 'a/layer.tar', body: gzipSync(layerTar) },
  ];
  assert.match((await openImage(write(tarOf(entries)))).layers[0]?.mediaType ?? '', /\+gzip$/);
});

test('older archives link a layer that they hold already', async () => {
  const twice = JSON.stringify(sampleConfig('amd64', [sha256(layerTar), sha256(layerTar), sha256(layerTar)]));
  const entries: TarEntrySpec[] = [
    manifestOf([{ Config: 'config.json', RepoTags: null, Layers: ['a/layer.tar', 'b/layer.tar', 'c/layer.tar'] }]),
    { name: 'config.json', body: twice },
    { name: './a/layer.tar', body: layerTar },
    { name: 'b/layer.tar', type: 'symlink', linkname: '../a/layer.tar' },
    { name: 'c/layer.tar', type: 'hardlink', linkname: 'a/layer.tar' },
  ];
  const { layers } = await openImage(write(tarOf(entries)));
  assert.equal(new Set(layers.map(({ content }) => content.kind === 'file' && content.offset)).size, 1);
});

test('several images want a choice by tag or id', async () => {
  const otherConfig = JSON.stringify(sampleConfig('amd64', [sha256(otherTar)]));
  const otherName = `${sha256(otherConfig).slice(7)}.json`;
  const other = { Config: otherName, RepoTags: ['registry.example/other:2', 'other:2'], Layers: ['b/layer.tar'] };
  const path = write(
    tarOf([
      manifestOf([image, other]),
      ...parts,
      { name: otherName, body: otherConfig },
      { name: 'b/layer.tar', body: otherTar },
    ]),
  );
  const error = await openFailure(path);
  assert.equal(error.code, 'usage');
  assert.match(error.message, /app:1, registry\.example\/other:2/);
  assert.equal((await openImage(`${path}:docker.io/library/app:1`)).configDigest, sha256(config));
  assert.equal((await openImage(`archive:${path}:other:2`)).configDigest, sha256(otherConfig));
  assert.equal((await openImage(`${path}@${sha256(otherConfig)}`)).configDigest, sha256(otherConfig));
  assert.equal((await openFailure(`${path}:third`)).code, 'not-found');
});

const broken: readonly (readonly [string, TargetErrorCode, Uint8Array])[] = [
  ['no image', 'invalid', tarOf([{ name: 'bin/sh', body: 'x' }])],
  ['no tar', 'invalid', Buffer.from('<html>not found</html>'.repeat(100))],
  ['empty', 'invalid', Buffer.alloc(0)],
  ['a list of nothing', 'invalid', tarOf([manifestOf([])])],
  ['a list that is none', 'invalid', tarOf([{ name: 'manifest.json', body: '{"a":1}' }])],
  ['a missing configuration', 'invalid', tarOf([manifestOf([image]), ...parts.slice(1)])],
  ['a missing layer', 'invalid', tarOf([manifestOf([image]), ...parts.slice(0, 1)])],
  [
    'a changed configuration',
    'invalid',
    tarOf([manifestOf([image]), { name: configName, body: `${config} ` }, ...parts.slice(1)]),
  ],
  [
    'a layer too many',
    'invalid',
    tarOf([manifestOf([{ ...image, Layers: ['a/layer.tar', 'a/layer.tar'] }]), ...parts]),
  ],
  [
    'a ring of links',
    'invalid',
    tarOf([manifestOf([image]), ...parts.slice(0, 1), { name: 'a/layer.tar', type: 'symlink', linkname: 'layer.tar' }]),
  ],
  [
    'a link out of the archive',
    'invalid',
    tarOf([
      manifestOf([image]),
      ...parts.slice(0, 1),
      { name: 'a/layer.tar', type: 'symlink', linkname: '../../../../etc/passwd' },
    ]),
  ],
  [
    'a huge configuration',
    'invalid',
    tarOf([manifestOf([image]), { name: configName, body: Buffer.alloc(9 * 1024 * 1024, 32) }, ...parts.slice(1)]),
  ],
  ['cut in a layer', 'invalid', tarOf([manifestOf([image]), ...parts]).subarray(0, 2600)],
];
for (const [name, code, bytes] of broken) {
  test(`${name}: ${code}`, async () => {
    const path = write(bytes);
    assert.equal((await openFailure(path)).code, code);
    assert.equal((await openFailure(write(gzipSync(bytes), 'tar.gz'))).code, code);
  });
}

test('a cut or damaged gzip file is said to be', async () => {
  const packed = gzipSync(tarOf([manifestOf([image]), ...parts]));
  assert.equal((await openFailure(write(packed.subarray(0, packed.length / 2)))).code, 'invalid');
});
