import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TargetErrorCode } from '../target-error.ts';
import { parseManifest } from './manifest.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  legacy: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
};
const blob = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 };
const manifest = { schemaVersion: 2, config: blob, layers: [] };
const index = { schemaVersion: 2, manifests: [{ ...blob, mediaType: types.manifest }] };

const read: readonly (readonly [string, object, string | undefined, 'manifest' | 'index'])[] = [
  ['manifest without own type', manifest, types.manifest, 'manifest'],
  ['manifest of Docker', { ...manifest, mediaType: types.dockerManifest }, types.dockerManifest, 'manifest'],
  ['index', { ...index, mediaType: types.index }, types.index, 'index'],
  ['manifest list', index, types.dockerList, 'index'],
  ['nothing announced', index, undefined, 'index'],
];
for (const [name, document, announced, kind] of read) {
  test(`${name} is read as ${kind}`, () => {
    const parsed = parseManifest(Buffer.from(JSON.stringify(document)), announced);
    assert.equal(parsed.ok ? parsed.value.kind : parsed.error.message, kind);
  });
}

const refused: readonly (readonly [string, unknown, string | undefined, TargetErrorCode])[] = [
  ['both manifest and index', { ...manifest, ...index }, types.manifest, 'invalid'],
  ['index announced as manifest', index, types.manifest, 'invalid'],
  ['manifest announced as index', manifest, types.index, 'invalid'],
  ['own type against the announced one', { ...manifest, mediaType: types.dockerManifest }, types.manifest, 'invalid'],
  ['own type against the content', { ...index, mediaType: types.manifest }, undefined, 'invalid'],
  ['schema 1 by type', manifest, types.legacy, 'unsupported'],
  ['schema 1 by content', { schemaVersion: 1, fsLayers: [] }, undefined, 'unsupported'],
  ['unknown type', manifest, 'application/json', 'unsupported'],
  ['a type that every object has a member of', manifest, 'constructor', 'unsupported'],
  ['neither', { schemaVersion: 2 }, undefined, 'invalid'],
  ['no object', [manifest], types.manifest, 'invalid'],
  ['null', null, types.manifest, 'invalid'],
  ['layers that are no list', { ...manifest, layers: {} }, types.manifest, 'invalid'],
  ['a layer that is no descriptor', { ...manifest, layers: [7] }, types.manifest, 'invalid'],
  ['a descriptor without digest', { ...manifest, config: { ...blob, digest: '../../etc' } }, types.manifest, 'invalid'],
  [
    'a descriptor with a weak digest',
    { ...manifest, config: { ...blob, digest: `md5:${'0'.repeat(32)}` } },
    types.manifest,
    'invalid',
  ],
  ['a negative size', { ...manifest, config: { ...blob, size: -1 } }, types.manifest, 'invalid'],
  ['a size beyond numbers', { ...manifest, config: { ...blob, size: 1e300 } }, types.manifest, 'invalid'],
  ['more layers than any image has', { ...manifest, layers: Array(5000).fill(blob) }, types.manifest, 'invalid'],
];
for (const [name, document, announced, code] of refused) {
  test(`${name} is refused as ${code}`, () => {
    const parsed = parseManifest(Buffer.from(JSON.stringify(document)), announced);
    assert.equal(parsed.ok || parsed.error.code, code);
  });
}

test('what is no JSON or no UTF-8 is refused', () => {
  for (const bytes of [
    Buffer.from('{'),
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.alloc(0),
    Buffer.from('['.repeat(1e6)),
  ]) {
    assert.equal(parseManifest(bytes, types.manifest).ok, false);
  }
});
