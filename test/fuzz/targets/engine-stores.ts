import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { findNamedImages } from '#artifact/containerd/metadata.ts';
import { openTarget } from '#artifact/index.ts';
import { parseStorageSettings } from '#artifact/podman/storage-settings.ts';
import { writeLayerTar } from '#artifact/tar-split/tar-split.ts';
import { sampleConfig, sha256 } from '../../kit/sample-layout.ts';
import { scratchDirectory, scratchFile } from '../places.ts';
import { checkWords, damageOr } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const boltFile = scratchFile('meta.db');

export const containerdNames: FuzzTarget = {
  id: 'containerd-names',
  testIterations: 25,
  title: "containerd's database of image names",
  form: 'little-endian',
  maxBytes: 640 * 1024,
  seeds() {
    const packed = readFileSync(new URL('../../../src/artifact/containerd/testdata/meta.db.gz', import.meta.url));
    return [gunzipSync(packed)];
  },
  repair: repairBolt,
  async run(bytes) {
    const images = await damageOr(() => findNamedImages(boltFile(bytes), () => true));
    if (images instanceof Error) return;
    for (const { target } of images) {
      assert.match(target.digest, /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/);
      assert.ok(Number.isSafeInteger(target.size) && target.size >= 0);
    }
  },
};

/** Makes the checksums (FNV-1a, 64 bit) of both root pages right. */
function repairBolt(bytes: Buffer): Buffer {
  for (const page of [0, 4096]) {
    const meta = page + 16;
    if (meta + 64 > bytes.length || bytes.readUInt32LE(meta) !== 0xed0cdaed) continue;
    let hash = 0xcbf29ce484222325n;
    for (const byte of bytes.subarray(meta, meta + 56))
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    bytes.writeBigUInt64LE(hash, meta + 56);
  }
  return bytes;
}

const layerIds = ['a', 'b'].map((letter) => letter.repeat(64));
const diffIds = layerIds.map((id) => sha256(id));
const config = JSON.stringify(sampleConfig('amd64', diffIds));
const imageId = sha256(config).slice(7);

const storeLists = {
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

let storeRoot: string | undefined;

/** A store as containers/storage writes it, but for its two lists. */
function store(): string {
  if (storeRoot !== undefined) return storeRoot;
  const root = scratchDirectory();
  const folders = ['overlay-layers', `overlay-images/${imageId}`, ...layerIds.map((id) => `overlay/${id}/diff`)];
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  const name = `=${Buffer.from(`sha256:${imageId}`).toString('base64')}`;
  writeFileSync(join(root, 'overlay-images', imageId, name), config);
  writeFileSync(join(root, 'overlay-images', imageId, 'manifest'), 'manifest');
  writeFileSync(join(root, 'storage.conf'), `[storage]\ngraphroot = "${root}"\n`);
  storeRoot = root;
  return root;
}

export const podmanStore: FuzzTarget = {
  id: 'podman-store',
  testIterations: 25,
  title: "lists of images and layers in Podman's store",
  form: 'json',
  seeds: () => [Buffer.from(JSON.stringify(storeLists))],
  async run(bytes) {
    const root = store();
    const { images, layers } = splitLists(bytes);
    writeFileSync(join(root, 'overlay-images/images.json'), images);
    writeFileSync(join(root, 'overlay-layers/layers.json'), layers);
    const environment = { HOME: '/nonexistent', CONTAINERS_STORAGE_CONF: join(root, 'storage.conf') };
    for (const name of ['app:1', imageId.slice(0, 12), `app@${sha256('manifest')}`]) {
      const opened = await openTarget(`podman:${name}`, { environment, signal: new AbortController().signal });
      if (!opened.ok) {
        checkWords(opened.error.message);
        continue;
      }
      assert.equal(opened.value.kind, 'image');
      const found = opened.value.kind === 'image' ? opened.value.layers : [];
      assert.deepEqual(
        found.map(({ diffId }) => diffId),
        diffIds,
      );
      for (const { content } of found) {
        assert.ok(
          content.kind === 'directory' && content.path.startsWith(`${root}${sep}overlay${sep}`),
          'inside the store',
        );
      }
      await opened.value.close();
    }
  },
};

/** Both lists where the input is an object that has them; otherwise the input is either list. */
function splitLists(bytes: Uint8Array): { images: string | Uint8Array; layers: string | Uint8Array } {
  try {
    const { images, layers } = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return { images: JSON.stringify(images) ?? '', layers: JSON.stringify(layers) ?? '' };
  } catch {
    return { images: bytes, layers: bytes };
  }
}

export const storageSettings: FuzzTarget = {
  id: 'storage-settings',
  title: 'storage.conf of Podman',
  form: 'text',
  seeds: () => [
    Buffer.from(
      '[storage]\ndriver = "overlay"\n# graphroot = "/x"\ngraphroot = "/var/lib/containers/storage"\nrootless_storage_path = \'$HOME/s\'\n[storage.options]\nadditionalimagestores = [\n "/a",\n "/b",\n]\n',
    ),
  ],
  run(bytes) {
    const { graphroot, rootlessPath, additional } = parseStorageSettings(Buffer.from(bytes).toString('utf8'));
    for (const path of [graphroot ?? '', rootlessPath ?? '', ...additional]) assert.doesNotMatch(path, /[\n"]/);
  },
};

const record = scratchFile('record.gz');
let tree: string | undefined;

/** A directory with one file, beside a file that belongs to nobody's layer. */
function layerTree(): string {
  if (tree !== undefined) return tree;
  const place = scratchDirectory();
  tree = join(place, 'tree');
  mkdirSync(join(tree, 'etc'), { recursive: true });
  writeFileSync(join(tree, 'etc/name'), 'content');
  writeFileSync(join(place, 'secret'), 'SECRET');
  return tree;
}

const recordLines = [
  { type: 2, payload: Buffer.from('head').toString('base64'), position: 0 },
  { type: 1, name: './etc/name', size: 7, payload: 'AAAAAAAAAAA=', position: 1 },
  { type: 1, name_raw: Buffer.from('etc/name').toString('base64'), size: 7, position: 2 },
  { type: 2, payload: Buffer.alloc(1024).toString('base64'), position: 3 },
];

export const tarSplit: FuzzTarget = {
  id: 'tar-split',
  title: 'records of how a layer was packed',
  form: 'text',
  seeds: () => [
    Buffer.from(recordLines.map((line) => JSON.stringify(line)).join('\n')),
    Buffer.from('{"type":1,"name":"../secret","size":6}\n'),
  ],
  async run(bytes) {
    const packed = bytes.length % 2 === 0 ? gzipSync(bytes) : bytes;
    const chunks: Buffer[] = [];
    try {
      const write = async (chunk: Uint8Array): Promise<void> => void chunks.push(Buffer.from(chunk));
      await damageOr(() => writeLayerTar(record(packed), layerTree(), write, new AbortController().signal));
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error)) throw error;
    }
    assert.ok(!Buffer.concat(chunks).includes('SECRET'), 'nothing from outside the layer');
  },
};
