import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { analyseImage } from '#analysis/index.ts';
import { packReport, unpackReport } from '#analysis/packed-report.ts';
import type { ImageArtifact, ImageLayer } from '#artifact/index.ts';
import { openTarget } from '#artifact/index.ts';
import { type Cataloger, catalogers, type Inventory } from '#inventory/index.ts';
import { named, SampleBlobs, sampleConfig, sha256 } from '../../kit/sample-layout.ts';
import { type TarEntrySpec, tarOf } from '../../kit/tar.ts';
import { scratchDirectory, scratchFile } from '../places.ts';
import { checkProblems, checkWords, saysIncomplete } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';
import { repairTar } from './tar.ts';

/** Copies: what is not registered is read in this thread, where exceptions are seen. */
const inThisThread: readonly Cataloger[] = catalogers.map((cataloger: Cataloger) => ({ ...cataloger }));

const status =
  'Package: curl\nStatus: install ok installed\nArchitecture: amd64\nSource: curl\nVersion: 8.0-1\n\nPackage: bash\nStatus: install ok installed\nVersion: 5.2-1\n';

const base: readonly TarEntrySpec[] = [
  { name: 'etc/', type: 'directory' },
  { name: 'etc/os-release', type: 'symlink', linkname: '../usr/lib/os-release' },
  { name: 'usr/lib/os-release', body: 'ID=debian\nVERSION_ID="12"\n' },
  { name: 'var/lib/dpkg/status', body: status },
  { name: 'var/lib/dpkg/info/curl.list', body: '/.\n/usr\n/usr/bin/curl\n' },
  { name: 'lib/apk/db/installed', body: 'P:musl\nV:1.2.5-r0\n\n' },
];

const upper: readonly TarEntrySpec[] = [
  { name: 'var/lib/dpkg/.wh.status' },
  { name: 'var/lib/dpkg/status.d/', type: 'directory' },
  { name: 'var/lib/dpkg/status.d/base', body: 'Package: base-files\nVersion: 12.4\n' },
  { name: 'lib/apk/.wh..wh..opq' },
  { name: 'var/lib/rpm', type: 'symlink', linkname: '../../usr/lib/sysimage/rpm' },
  { name: 'usr/lib/sysimage/rpm/Packages', body: readPackages() },
  { name: 'usr/share/doc/curl/copyright', type: 'hardlink', linkname: 'usr/lib/os-release' },
];

function readPackages(): Buffer {
  const url = new URL('../../../src/inventory/catalogers/rpm-db/testdata/Packages.gz', import.meta.url);
  return gunzipSync(readFileSync(url)).subarray(0, 20_480);
}

async function inventoryOf(image: ImageArtifact): Promise<Inventory> {
  const { inventory } = await analyseImage(image, { catalogers: inThisThread });
  checkProblems(inventory.problems);
  const crash = inventory.problems.find(({ code }) => code === 'cataloger-failed' || code === 'layer-analysis-failed');
  assert.equal(crash, undefined, crash?.message);
  for (const found of inventory.packages) {
    assert.ok(found.name !== '' && found.purl.startsWith('pkg:'));
    const { layer } = found.origin;
    assert.ok(layer === undefined || layer.index < image.layers.length);
  }
  return inventory;
}

const lower = scratchFile('lower.tar');
const changed = scratchFile('changed.layer');
const PACKINGS = [(bytes: Uint8Array) => bytes, gzipSync, zstdCompressSync] as const;

/** Digests are right, as whoever builds an image has them: what is in the layer is all that is wrong with it. */
export const layerContent: FuzzTarget = {
  id: 'layer-content',
  testIterations: 25,
  title: 'layers of an image, read to an inventory',
  form: 'big-endian',
  seeds: () => [tarOf(upper), tarOf(base)],
  repair: repairTar,
  async run(bytes) {
    const pack = PACKINGS[bytes.length % 3] ?? PACKINGS[0];
    const contents = [tarOf(base), bytes];
    const layers = contents.map((content, index): ImageLayer => {
      const stored = index === 0 ? content : pack(content);
      const path = index === 0 ? lower(stored) : changed(stored);
      return {
        index,
        diffId: digest(content),
        blobDigest: digest(stored),
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        size: stored.length,
        content: { kind: 'file', path, offset: 0, length: stored.length },
      };
    });
    await inventoryOf(imageOf(layers));
  },
};

function digest(bytes: Uint8Array): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function imageOf(layers: readonly ImageLayer[]): ImageArtifact {
  const lists = { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };
  return {
    kind: 'image',
    name: 'changed',
    scheme: 'archive',
    configDigest: digest(Buffer.from('config')),
    platform: { os: 'linux', architecture: 'amd64' },
    config: lists,
    layers,
    tags: [],
    problems: [],
    close: async () => undefined,
  };
}

const archive = scratchFile('image.tar');

/** Nothing in the archive can change without a digest that does not fit: packages differ only with a word about it. */
export const imageArchive: FuzzTarget = {
  id: 'image-archive',
  testIterations: 25,
  title: 'damaged image archives: an error, a problem or the same inventory',
  form: 'big-endian',
  seeds: () => [layoutArchive('gzip'), layoutArchive('zstd'), dockerArchive(), gzipSync(layoutArchive('none'))],
  repair: repairTar,
  async run(bytes) {
    const packages = await archivePackages(bytes);
    if (packages === undefined) return;
    soundPackages ??= await archivePackages(dockerArchive());
    assert.equal(packages, soundPackages, 'other packages, and no word about it');
  },
};

/** The same in all seeds. */
let soundPackages: string | undefined;

const isolated = {
  HOME: '/nonexistent',
  DOCKER_HOST: 'unix:///nonexistent/docker.sock',
  CONTAINERS_STORAGE_CONF: '/nonexistent',
  CONTAINERD_ROOT: '/nonexistent',
};

/** The packages of the image as text; undefined when something was said to be wrong. */
async function archivePackages(bytes: Uint8Array): Promise<string | undefined> {
  const signal = new AbortController().signal;
  const spoolDirectory = spool();
  const opened = await openTarget(`archive:${archive(bytes)}`, {
    environment: isolated,
    platform: 'linux/amd64',
    signal,
    spoolDirectory,
  });
  if (!opened.ok) {
    checkWords(opened.error.message);
    return undefined;
  }
  assert.equal(opened.value.kind, 'image');
  if (opened.value.kind !== 'image') return undefined;
  try {
    checkProblems(opened.value.problems);
    const { packages, problems } = await inventoryOf(opened.value);
    if (saysIncomplete(problems) || saysIncomplete(opened.value.problems)) return undefined;
    return packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  } finally {
    await opened.value.close();
  }
}

let spoolPath: string | undefined;

function spool(): string {
  spoolPath ??= scratchDirectory();
  return spoolPath;
}

const small = base.slice(0, 5);

function layoutArchive(packing: 'none' | 'gzip' | 'zstd'): Uint8Array {
  const blobs = new SampleBlobs();
  const layers = [
    blobs.layer(small, packing),
    blobs.layer([{ name: 'lib/apk/db/installed', body: 'P:musl\nV:1-r0\n\n' }], packing),
  ];
  return blobs.archive([named(blobs.image('amd64', layers), 'sample:1')]);
}

function dockerArchive(): Uint8Array {
  const layers = [tarOf(small), tarOf([{ name: 'lib/apk/db/installed', body: 'P:musl\nV:1-r0\n\n' }])];
  const config = JSON.stringify(sampleConfig('amd64', layers.map(sha256)));
  const name = `${sha256(config).slice(7)}.json`;
  const names = layers.map((layer) => `${sha256(layer).slice(7)}/layer.tar`);
  return tarOf([
    { name, body: config },
    ...layers.map((body, index) => ({ name: names[index] ?? '', body })),
    { name: 'manifest.json', body: JSON.stringify([{ Config: name, RepoTags: ['sample:1'], Layers: names }]) },
  ]);
}

const report = {
  changes: [{ kind: 'file', path: 'var/lib/dpkg/status', read: { 'dpkg-db': null } }],
  entries: 12,
  bytes: 20_480,
  problems: [],
} as const;

export const layerReport: FuzzTarget = {
  id: 'layer-report',
  title: 'cached reports of layers: whole or not at all',
  form: 'little-endian',
  seeds: () => [packReport(JSON.stringify(report))],
  run(bytes) {
    const read = unpackReport(bytes);
    if (read !== undefined) assert.deepEqual(read, report);
  },
};
