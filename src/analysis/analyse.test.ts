import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import type { ImageArtifact, ImageLayer, LayerContent } from '#artifact/index.ts';
import {
  type Cataloger,
  type InputFile,
  type Inventory,
  catalogers as registered,
  type VisibleFragment,
} from '#inventory/index.ts';
import { type Digest, type Package, parseDigest } from '#model/index.ts';
import { type TarEntrySpec, tarOf } from '../../test/kit/tar.ts';
import { analyseImage, analyseTree } from './analyse.ts';
import type { AnalysisOptions } from './analysis-options.ts';
import { type LayerCache, openLayerCache } from './layer-cache.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-test-analysis-'));
after(() => rmSync(directory, { recursive: true }));

const maxBytes = 10_000;
/** A package a line; says where it was seen and what the states before were. */
const lineCataloger: Cataloger<string> = {
  id: 'lines',
  title: 'A package a line',
  references: [],
  maturity: 'stable',
  type: 'deb',
  evidence: 'installed',
  revision: 1,
  files: [
    { kind: 'path', path: 'lib/db/status', maxBytes },
    { kind: 'directory', path: 'var/db', suffix: '.pkg', maxBytes },
    { kind: 'name', name: 'METADATA', under: 'opt', maxBytes },
  ],
  read(file: InputFile) {
    const text = file.text();
    if (text === 'crash') throw new RangeError('index out of range');
    const problems = text.includes('?')
      ? [{ code: 'line-unreadable', message: 'a line', effect: 'incomplete' } as const]
      : [];
    return text === '' ? { problems } : { fragment: `${file.path}:${text}`, problems };
  },
  assemble: (fragments) => ({
    packages: fragments.map((visible) => ({ package: asPackage(visible), path: visible.path, layer: visible.layer })),
    problems: [],
  }),
};

function asPackage({ fragment, older }: VisibleFragment<string>): Package {
  if (fragment.endsWith(':burst')) throw new RangeError('assembly');
  const before = older.map((state) => `${state.fragment.split(':')[1]}@${state.layer}`).join('<');
  return { type: 'deb', name: fragment, version: `1${before && `~${before}`}`, licences: [] };
}

const sha256 = (bytes: Uint8Array): Digest => {
  const digest = parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  assert.ok(digest.ok);
  return digest.value;
};

let files = 0;

interface LayerSpec {
  readonly bytes: Uint8Array;
  readonly packed?: Uint8Array;
  readonly blobDigest?: Digest | 'none';
  readonly diffId?: Digest;
  readonly content?: LayerContent;
}

const layerOf = (...entries: readonly TarEntrySpec[]): LayerSpec => ({ bytes: tarOf(entries) });
const file = (name: string, body: string): TarEntrySpec => ({ name, body });

function writeLayer(spec: LayerSpec): LayerContent {
  const path = join(directory, `layer-${files++}`);
  const bytes = spec.packed ?? spec.bytes;
  writeFileSync(path, bytes);
  // Old enough that a later change could not go unnoticed.
  return { kind: 'file', path, offset: 0, length: bytes.length };
}

function imageOf(...specs: readonly LayerSpec[]): ImageArtifact {
  const layers = specs.map((spec, index): ImageLayer => {
    const blobDigest = spec.blobDigest ?? sha256(spec.packed ?? spec.bytes);
    return {
      index,
      diffId: spec.diffId ?? sha256(spec.bytes),
      ...(blobDigest === 'none' ? {} : { blobDigest }),
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      content: spec.content ?? writeLayer(spec),
    };
  });
  const config = { env: [], entrypoint: [], cmd: [], exposedPorts: [], volumes: [], labels: {}, history: [] };
  const platform = { os: 'linux', architecture: 'amd64' };
  return {
    kind: 'image',
    name: 'test',
    scheme: 'oci',
    configDigest: sha256(Buffer.from('x')),
    platform,
    config,
    layers,
    tags: [],
    problems: [],
    close: async () => undefined,
  };
}

const analyse = async (image: ImageArtifact, options: Partial<AnalysisOptions> = {}) =>
  (await analyseImage(image, { catalogers: [lineCataloger], ...options })).inventory;

/** `path:content version-of-history @layer` of each package. */
function packagesOf(inventory: Inventory): string[] {
  return inventory.packages.map(
    ({ name, version, origin }) => `${name} ${version} @${origin.layer?.index ?? '-'} ${origin.path}`,
  );
}

const codesOf = (inventory: Inventory) => inventory.problems.map(({ code }) => code);

describe('an image as its container sees it', () => {
  const cases: readonly {
    title: string;
    layers: readonly LayerSpec[];
    packages: readonly string[];
    codes?: readonly string[];
  }[] = [
    {
      title: 'states of one file over layers',
      layers: [layerOf(file('lib/db/status', 'a')), layerOf(file('x', '')), layerOf(file('lib/db/status', 'b'))],
      packages: ['lib/db/status:b 1~a@0 @2 lib/db/status'],
    },
    {
      title: 'a state without anything of interest ends the history',
      layers: [
        layerOf(file('lib/db/status', 'a')),
        layerOf(file('lib/db/status', '')),
        layerOf(file('lib/db/status', 'c')),
      ],
      packages: ['lib/db/status:c 1 @2 lib/db/status'],
    },
    {
      title: 'deleted, hidden and replaced files are not there',
      layers: [
        layerOf(
          file('lib/db/status', 'a'),
          file('var/db/a.pkg', 'p'),
          file('opt/x/METADATA', 'm'),
          file('opt/y/METADATA', 'n'),
        ),
        layerOf(file('lib/.wh.db', ''), file('var/db/.wh..wh..opq', ''), file('opt/x', 'now a file')),
      ],
      packages: ['opt/y/METADATA:n 1 @0 opt/y/METADATA'],
    },
    {
      title: 'a merged /usr',
      layers: [layerOf({ name: 'lib', type: 'symlink', linkname: 'usr/lib' }, file('usr/lib/db/status', 'a'))],
      packages: ['lib/db/status:a 1 @0 lib/db/status'],
    },
    {
      title: 'a link to a file that nobody had asked for, in a lower layer',
      layers: [
        layerOf(file('srv/data', 'a')),
        layerOf({ name: 'lib/db/status', type: 'symlink', linkname: '../../srv/data' }),
      ],
      packages: ['lib/db/status:a 1 @0 lib/db/status'],
    },
    {
      title: 'links on the way, over several places',
      layers: [
        layerOf(file('data/2/status', 'a')),
        layerOf(
          { name: 'lib', type: 'symlink', linkname: '/srv' },
          { name: 'srv/db', type: 'symlink', linkname: '../data/1' },
        ),
        layerOf({ name: 'data/1', type: 'symlink', linkname: '2' }),
      ],
      packages: ['lib/db/status:a 1 @0 lib/db/status'],
    },
    {
      title: 'a linked directory that is listed',
      layers: [
        layerOf(file('srv/a.pkg', 'p'), file('srv/b.txt', 'q')),
        layerOf({ name: 'var/db', type: 'symlink', linkname: '../srv' }),
        layerOf(file('srv/c.pkg', 'r')),
      ],
      packages: ['var/db/a.pkg:p 1 @0 var/db/a.pkg', 'var/db/c.pkg:r 1 @2 var/db/c.pkg'],
    },
    {
      title: 'a linked file in a directory that is listed',
      layers: [layerOf(file('srv/real', 'p'), { name: 'var/db/a.pkg', type: 'symlink', linkname: '/srv/real' })],
      packages: ['var/db/a.pkg:p 1 @0 var/db/a.pkg'],
    },
    {
      title: 'a hard link into a lower layer',
      layers: [
        layerOf(file('objects/1', 'a')),
        layerOf({ name: 'lib/db/status', type: 'hardlink', linkname: 'objects/1' }),
      ],
      packages: ['lib/db/status:a 1 @1 lib/db/status'],
    },
    {
      title: 'one file under two names is shown once',
      layers: [layerOf(file('var/db/a.pkg', 'p'), { name: 'var/db/b.pkg', type: 'symlink', linkname: 'a.pkg' })],
      packages: ['var/db/a.pkg:p 1 @0 var/db/a.pkg'],
    },
    {
      title: 'links in a circle',
      layers: [layerOf({ name: 'lib', type: 'symlink', linkname: 'lib' })],
      packages: [],
      codes: ['link-loop'],
    },
    {
      title: 'a link out of the root stays inside',
      layers: [
        layerOf(
          { name: 'lib/db/status', type: 'symlink', linkname: '../../../../../../etc/passwd' },
          file('etc/passwd', 'inner'),
        ),
      ],
      packages: ['lib/db/status:inner 1 @0 lib/db/status'],
    },
    { title: 'no layers', layers: [], packages: [] },
  ];
  for (const { title, layers, packages, codes } of cases) {
    test(title, async () => {
      const packings = [
        (spec: LayerSpec) => spec,
        (spec: LayerSpec) => ({ ...spec, packed: gzipSync(spec.bytes) }),
        (spec: LayerSpec) => ({ ...spec, packed: zstdCompressSync(spec.bytes) }),
      ];
      for (const pack of packings) {
        const inventory = await analyse(imageOf(...layers.map(pack)));
        assert.deepEqual(packagesOf(inventory), packages);
        assert.deepEqual(codesOf(inventory), codes ?? []);
      }
    });
  }

  test('a chain of links is followed to its end, whatever lies there', async () => {
    const links = Array.from(
      { length: 9 },
      (_, index): TarEntrySpec => ({ name: `x${index}`, type: 'symlink', linkname: `x${index + 1}` }),
    );
    const inventory = await analyse(
      imageOf(layerOf({ name: 'lib/db/status', type: 'symlink', linkname: '/x0' }, ...links, file('x9', 'a'))),
    );
    assert.deepEqual(packagesOf(inventory), ['lib/db/status:a 1 @0 lib/db/status']);
    assert.deepEqual(codesOf(inventory), []);
  });
});

describe('problems', () => {
  const sound = layerOf(file('lib/db/status', 'a'));
  const cases: readonly {
    title: string;
    layer: LayerSpec;
    codes: readonly string[];
    packages: number;
    options?: Partial<AnalysisOptions>;
  }[] = [
    {
      title: 'a blob with another digest',
      layer: { ...sound, blobDigest: sha256(Buffer.from('other')) },
      codes: ['layer-digest-mismatch'],
      packages: 1,
    },
    {
      title: 'an archive layer with another digest',
      layer: { ...sound, diffId: sha256(Buffer.from('other')), blobDigest: 'none' },
      codes: ['layer-digest-mismatch'],
      packages: 1,
    },
    {
      title: 'a packed archive layer with another digest',
      layer: { ...sound, packed: gzipSync(sound.bytes), diffId: sha256(Buffer.from('other')), blobDigest: 'none' },
      codes: ['layer-digest-mismatch'],
      packages: 1,
    },
    {
      title: 'a packed archive layer with its digest',
      layer: { ...sound, packed: gzipSync(sound.bytes), blobDigest: 'none' },
      codes: [],
      packages: 1,
    },
    {
      title: 'an uncompressed blob whose digest is not that of the stated content',
      layer: { ...sound, diffId: sha256(Buffer.from('other')) },
      codes: ['layer-digest-mismatch'],
      packages: 1,
    },
    {
      title: 'a blob whose content has another digest, unlooked',
      layer: { ...sound, packed: gzipSync(sound.bytes), diffId: sha256(Buffer.from('other')) },
      codes: [],
      packages: 1,
    },
    {
      title: 'a blob whose content has another digest, looked',
      layer: { ...sound, packed: gzipSync(sound.bytes), diffId: sha256(Buffer.from('other')) },
      codes: ['layer-digest-mismatch'],
      packages: 1,
      options: { verifyDiffIds: true },
    },
    {
      title: 'a cut blob',
      layer: { ...sound, packed: gzipSync(sound.bytes).subarray(0, -9) },
      codes: ['gzip-truncated'],
      packages: 1,
    },
    {
      title: 'no end marker, by its digest on purpose',
      layer: { bytes: tarOf([file('lib/db/status', 'a')], { end: false }) },
      codes: ['tar-no-end'],
      packages: 1,
    },
    {
      title: 'a cataloger that crashes on a file',
      layer: layerOf(file('lib/db/status', 'crash'), file('var/db/a.pkg', 'p')),
      codes: ['cataloger-failed'],
      packages: 1,
    },
    {
      title: 'a cataloger that crashes over all files',
      layer: layerOf(file('lib/db/status', 'burst')),
      codes: ['cataloger-failed'],
      packages: 0,
    },
    {
      title: 'what a cataloger says',
      layer: layerOf(file('lib/db/status', 'what?')),
      codes: ['line-unreadable'],
      packages: 1,
    },
    {
      title: 'a file that is gone',
      layer: { ...sound, content: { kind: 'file', path: '/nonexistent/layer', offset: 0, length: 10 } },
      codes: ['layer-unavailable'],
      packages: 0,
    },
    {
      title: 'a blob that cannot be fetched',
      layer: {
        ...sound,
        content: { kind: 'remote', fetch: () => Promise.reject(new Error('the registry answers 500')) },
      },
      codes: ['layer-unavailable'],
      packages: 0,
    },
  ];
  for (const { title, layer, codes, packages, options } of cases) {
    test(title, async () => {
      const inventory = await analyse(imageOf(layer), options);
      assert.deepEqual(codesOf(inventory), codes);
      assert.equal(inventory.packages.length, packages);
    });
  }

  test('what concerns a layer as a whole names it', async () => {
    const inventory = await analyse(imageOf(sound, { ...sound, blobDigest: sha256(Buffer.from('other')) }));
    assert.equal(inventory.problems[0]?.subject, 'layer 2 of 2');
  });

  test('an abort is an exception', async () => {
    const reason = new Error('enough');
    await assert.rejects(analyse(imageOf(sound), { signal: AbortSignal.abort(reason) }), reason);
    const controller = new AbortController();
    const fetch = () =>
      new Promise<never>((_, reject) => controller.signal.addEventListener('abort', () => reject(new Error('cut'))));
    const running = analyse(imageOf({ ...sound, content: { kind: 'remote', fetch } }), { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 10);
    await assert.rejects(running, reason);
  });
});

describe('the cache', () => {
  let caches = 0;
  const newCache = () => openLayerCache(join(directory, `cache-${caches++}`));
  const layer = (text: string): LayerSpec => layerOf(file('lib/db/status', text));
  const cachedLayers = async (image: ImageArtifact, cache: LayerCache) => {
    const inventory = await analyse(image, { cache });
    return { count: inventory.statistics.cachedLayers, packages: packagesOf(inventory), codes: codesOf(inventory) };
  };

  test('a second scan finds all layers, with the same result', async () => {
    const cache = newCache();
    const image = imageOf(layer('a'), { ...layer('b'), packed: gzipSync(layer('b').bytes) });
    const first = await cachedLayers(image, cache);
    const second = await cachedLayers(image, cache);
    assert.deepEqual([first.count, second.count], [0, 2]);
    assert.deepEqual(second.packages, first.packages);
  });

  test('a known blob is not fetched', async () => {
    const cache = newCache();
    await cachedLayers(imageOf(layer('a')), cache);
    const content: LayerContent = { kind: 'remote', fetch: () => Promise.reject(new Error('must not be asked')) };
    assert.equal((await cachedLayers(imageOf({ ...layer('a'), content }), cache)).count, 1);
  });

  test('a fetched blob is released and kept', async () => {
    const cache = newCache();
    let released = 0;
    const spec = layer('a');
    const path = join(directory, 'fetched');
    writeFileSync(path, spec.bytes);
    const release = async () => {
      released++;
    };
    const content: LayerContent = { kind: 'remote', fetch: async () => ({ path, release }) };
    assert.equal((await cachedLayers(imageOf({ ...spec, content }), cache)).count, 0);
    assert.equal((await cachedLayers(imageOf({ ...spec, content }), cache)).count, 1);
    assert.equal(released, 1);
  });

  test('another revision of a cataloger, or other patterns, find nothing', async () => {
    const cache = newCache();
    const image = imageOf(layer('a'));
    await cachedLayers(image, cache);
    for (const change of [{ revision: 2 }, { files: lineCataloger.files.slice(0, 2) }, { id: 'other' }]) {
      const { inventory } = await analyseImage(image, { catalogers: [{ ...lineCataloger, ...change }], cache });
      assert.equal(inventory.statistics.cachedLayers, 0);
    }
  });

  test('an incomplete report is not kept', async () => {
    const cache = newCache();
    for (const spec of [layer('what?'), { bytes: layer('a').bytes.subarray(0, 700) }]) {
      const image = imageOf(spec);
      await cachedLayers(image, cache);
      assert.equal((await cachedLayers(image, cache)).count, 0);
    }
  });

  const honest = layer('honest');
  const evil = layer('evil');
  const claims: readonly (readonly [string, LayerSpec])[] = [
    ['an archive layer', { ...evil, diffId: sha256(honest.bytes), blobDigest: 'none' }],
    [
      'a packed archive layer',
      { ...evil, packed: gzipSync(evil.bytes), diffId: sha256(honest.bytes), blobDigest: 'none' },
    ],
    ['a blob under the digest of another', { ...evil, blobDigest: sha256(honest.bytes) }],
    [
      'a packed blob that states the content of another',
      { ...evil, packed: gzipSync(evil.bytes), diffId: sha256(honest.bytes) },
    ],
  ];
  for (const [title, claim] of claims) {
    test(`${title} cannot poison it`, async () => {
      const cache = newCache();
      await cachedLayers(imageOf(claim), cache);
      await cachedLayers(imageOf(claim), cache);
      for (const spec of [
        honest,
        { ...honest, blobDigest: 'none' } as const,
        { ...honest, packed: gzipSync(honest.bytes), blobDigest: 'none' } as const,
      ]) {
        const { packages, codes } = await cachedLayers(imageOf(spec), cache);
        assert.deepEqual(packages, ['lib/db/status:honest 1 @0 lib/db/status']);
        assert.deepEqual(codes, []);
      }
    });
    test(`${title} cannot borrow from it`, async () => {
      const cache = newCache();
      for (const spec of [
        honest,
        { ...honest, blobDigest: 'none' } as const,
        { ...honest, packed: gzipSync(honest.bytes), blobDigest: 'none' } as const,
      ]) {
        await cachedLayers(imageOf(spec), cache);
        await cachedLayers(imageOf(spec), cache);
      }
      const { packages } = await cachedLayers(imageOf(claim), cache);
      assert.deepEqual(packages, ['lib/db/status:evil 1 @0 lib/db/status']);
    });
  }

  test('a file that was changed after it was verified is verified again', async () => {
    const cache = newCache();
    const image = imageOf(honest);
    const content = image.layers[0]?.content;
    assert.ok(content?.kind === 'file');
    await cachedLayers(image, cache);
    writeFileSync(content.path, evil.bytes);
    utimesSync(content.path, 1, 1);
    const { packages, codes } = await cachedLayers(image, cache);
    assert.deepEqual(packages, ['lib/db/status:evil 1 @0 lib/db/status']);
    assert.deepEqual(codes, ['layer-digest-mismatch']);
  });
});

describe('directories', () => {
  const root = join(directory, 'root');
  mkdirSync(join(root, 'usr/lib/db'), { recursive: true });
  symlinkSync('usr/lib', join(root, 'lib'));
  writeFileSync(join(root, 'usr/lib/db/status'), 'a');
  mkdirSync(join(root, 'var'));
  symlinkSync(join(root, 'outside'), join(root, 'var/db'));
  mkdirSync(join(root, 'outside'));
  writeFileSync(join(root, 'outside/x.pkg'), 'OUTSIDE');

  test('a tree, its links resolved inside it', async () => {
    const tree = {
      kind: 'tree',
      name: root,
      scheme: 'rootfs',
      root,
      problems: [],
      close: async () => undefined,
    } as const;
    const { inventory } = await analyseTree(tree, { catalogers: [lineCataloger] });
    assert.deepEqual(packagesOf(inventory), ['lib/db/status:a 1 @- lib/db/status']);
    assert.deepEqual(codesOf(inventory), []);
    assert.equal(inventory.statistics.layers, 0);
  });

  test('a layer that an engine unpacked, under an archive', async () => {
    const content = { kind: 'directory', path: root, whiteouts: 'overlay' } as const;
    const image = imageOf({ bytes: new Uint8Array(0), content }, layerOf(file('lib/db/status', 'b')));
    const inventory = await analyse(image, { cache: openLayerCache(join(directory, 'cache-directories')) });
    assert.deepEqual(packagesOf(inventory), ['lib/db/status:b 1~a@0 @1 lib/db/status']);
  });
});

describe('in threads, with the registered catalogers', () => {
  const status = (version: string) =>
    `Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nMaintainer: M\n\n`;
  const release = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n';
  const layers = [
    layerOf(file('usr/lib/os-release', release), {
      name: 'etc/os-release',
      type: 'symlink',
      linkname: '../usr/lib/os-release',
    }),
    layerOf(file('var/lib/dpkg/status', status('7.88.1-10'))),
    layerOf(
      file('var/lib/dpkg/status', status('7.88.1-10')),
      file('var/lib/dpkg/info/curl.list', '/.\n/usr/bin/curl\n'),
    ),
  ];

  test('packages, their distribution and the layer they came with', async () => {
    const steps: string[] = [];
    const cache = openLayerCache(join(directory, 'cache-threads'));
    for (const cachedLayers of [0, 3]) {
      const { inventory } = await analyseImage(imageOf(...layers), {
        catalogers: registered,
        cache,
        onProgress: (done, total) => steps.push(`${done}/${total}`),
      });
      assert.deepEqual(inventory.problems, []);
      assert.equal(inventory.distribution?.id, 'debian');
      assert.deepEqual(
        inventory.packages.map(({ purl, origin }) => [purl, origin.layer?.index]),
        [['pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12', 1]],
      );
      assert.equal(inventory.statistics.cachedLayers, cachedLayers);
    }
    assert.deepEqual(steps, ['1/3', '2/3', '3/3', '1/3', '2/3', '3/3']);
  });
});

test('files wanted by their names and endings, wherever they are', async () => {
  const wanting: Cataloger<string> = {
    ...lineCataloger,
    files: [
      { kind: 'name', name: 'lock', maxBytes },
      { kind: 'suffix', suffix: '.jar', under: 'srv', maxBytes },
      { kind: 'suffix', suffix: '.info/META', maxBytes },
    ],
  };
  const rows: readonly [string, boolean][] = [
    ['lock', true],
    ['a/b/lock', true],
    ['a/block', false],
    ['srv/x/a.jar', true],
    ['srv.jar', false],
    ['opt/a.jar', false],
    ['lib/a.info/META', true],
    ['lib/a.info/b/META', false],
    ['lib/METADATA.info/META2', false],
  ];
  const image = imageOf(layerOf(...rows.map(([name]) => file(name, 'x'))));
  const { packages } = await analyse(image, { catalogers: [wanting] });
  const expected = rows.filter(([, wanted]) => wanted).map(([name]) => name);
  assert.deepEqual(packages.map(({ origin }) => origin.path).sort(), expected.sort());
});
