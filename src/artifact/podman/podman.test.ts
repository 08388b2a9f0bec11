import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFailure, openImage } from '../../../test/kit/open-image.ts';
import { sampleConfig, sha256 } from '../../../test/kit/sample-layout.ts';
import { parseStorageSettings } from './storage-settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-podman-'));
after(() => rmSync(directory, { recursive: true }));
let made = 0;

const layerIds = ['a', 'b'].map((letter) => letter.repeat(64));
const diffIds = layerIds.map((id) => sha256(id));
const config = JSON.stringify(sampleConfig('amd64', diffIds));
const imageId = sha256(config).slice(7);

interface Store {
  images: object[];
  layers: object[];
}

/** Writes a store of one image as containers/storage would, after `change`. */
function store(change: (content: Store) => void = () => undefined): {
  readonly environment: Record<string, string>;
  readonly root: string;
} {
  made += 1;
  const root = join(directory, `store-${made}`);
  const content: Store = {
    images: [
      {
        id: imageId,
        digest: sha256('manifest'),
        names: ['docker.io/library/app:1', 'localhost/built:latest'],
        layer: layerIds[1],
      },
    ],
    layers: [
      { id: layerIds[0], 'diff-digest': diffIds[0], 'diff-size': 10 },
      { id: layerIds[1], parent: layerIds[0], 'diff-digest': diffIds[1] },
    ],
  };
  change(content);
  for (const folder of ['overlay-layers', `overlay-images/${imageId}`, ...layerIds.map((id) => `overlay/${id}/diff`)]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, 'overlay-images/images.json'), JSON.stringify(content.images));
  writeFileSync(join(root, 'overlay-layers/layers.json'), JSON.stringify(content.layers));
  writeFileSync(
    join(root, 'overlay-images', imageId, `=${Buffer.from(`sha256:${imageId}`).toString('base64')}`),
    config,
  );
  writeFileSync(join(root, 'overlay-images', imageId, 'manifest'), 'manifest');
  writeFileSync(join(root, 'storage.conf'), `[storage]\n# graphroot = "/elsewhere"\ngraphroot = "${root}"\n`);
  return { root, environment: { HOME: '/nonexistent', CONTAINERS_STORAGE_CONF: join(root, 'storage.conf') } };
}

test('an image is read in place, under each of its names, its id and its digest', async () => {
  const { environment, root } = store();
  for (const name of [
    'app:1',
    'docker.io/library/app:1',
    'built',
    'localhost/built',
    imageId,
    imageId.slice(0, 12),
    `app@${sha256('manifest')}`,
  ]) {
    const image = await openImage(`podman:${name}`, { environment });
    assert.equal(image.configDigest, `sha256:${imageId}`);
    assert.deepEqual(
      image.layers.map(({ content }) => content.kind === 'directory' && content.path),
      layerIds.map((id) => join(root, 'overlay', id, 'diff')),
    );
    assert.deepEqual(
      image.layers.map(({ diffId }) => diffId),
      diffIds,
    );
  }
  assert.equal((await openFailure('podman:other', { environment })).code, 'not-found');
  assert.equal((await openFailure(`podman:app@${sha256('x')}`, { environment })).code, 'not-found');
});

const broken: readonly (readonly [string, (content: Store) => void])[] = [
  ['parents in a circle', ({ layers }) => void Object.assign(layers[0] ?? {}, { parent: layerIds[1] })],
  ['a missing parent', ({ layers }) => void layers.shift()],
  ['layers of another image', ({ layers }) => void Object.assign(layers[0] ?? {}, { 'diff-digest': sha256('x') })],
  ['a layer id that is a path', ({ layers }) => void Object.assign(layers[1] ?? {}, { parent: '../../../etc' })],
];
for (const [name, change] of broken) {
  test(`${name}: invalid`, async () => {
    assert.equal((await openFailure('podman:app:1', { environment: store(change).environment })).code, 'invalid');
  });
}

test('an image id that is a path is no image', async () => {
  const { environment } = store(({ images }) => void Object.assign(images[0] ?? {}, { id: '../../etc' }));
  assert.equal((await openFailure('podman:app:1', { environment })).code, 'not-found');
});

test('a changed configuration is found out', async () => {
  const { environment, root } = store();
  writeFileSync(join(root, 'overlay-images', imageId, `=${Buffer.from(`sha256:${imageId}`).toString('base64')}`), '{}');
  assert.equal((await openFailure('podman:app:1', { environment })).code, 'invalid');
});

test('a missing layer directory is said', async () => {
  const { environment, root } = store();
  rmSync(join(root, 'overlay', layerIds[0] ?? ''), { recursive: true });
  assert.match((await openFailure('podman:app:1', { environment })).message, /not whole/);
});

test('layers kept with composefs are not taken for trees', async () => {
  const { environment, root } = store();
  mkdirSync(join(root, 'overlay', layerIds[0] ?? '', 'composefs-data'));
  assert.equal((await openFailure('podman:app:1', { environment })).code, 'unsupported');
});

test('of storage.conf only the places of images are read', () => {
  const text = `
[storage]
driver = "overlay"
#graphroot = "/commented"
  graphroot = '/srv/store'
[storage.options]
additionalimagestores = [
  "/usr/share/images", # shared
  '/srv/more'
]
`;
  assert.deepEqual(parseStorageSettings(text), {
    graphroot: '/srv/store',
    additional: ['/usr/share/images', '/srv/more'],
  });
  assert.deepEqual(parseStorageSettings(''), { additional: [] });
});
