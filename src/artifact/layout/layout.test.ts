import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { openFailure, openImage } from '../../../test/kit/open-image.ts';
import { type BlobDescriptor, mediaTypes, named, SampleBlobs, sampleConfig } from '../../../test/kit/sample-layout.ts';
import { openTarget } from '../target/open-target.ts';
import type { TargetErrorCode } from '../target-error.ts';

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-layout-'));
after(() => rmSync(directory, { recursive: true }));
let made = 0;
const fresh = () => {
  made += 1;
  return join(directory, `layout-${made}`);
};
/** A layout made by the builder, whose result is what index.json lists. */
function layout(build: (blobs: SampleBlobs) => readonly BlobDescriptor[]): string {
  const blobs = new SampleBlobs();
  return blobs.write(fresh(), build(blobs));
}

test('one image: configuration, layers with their instructions, digests', async () => {
  const path = layout((blobs) => [named(blobs.image('amd64'), '1.0')]);
  const image = await openImage(path);
  assert.equal(image.scheme, 'oci');
  assert.deepEqual(image.tags, ['1.0']);
  assert.deepEqual(image.config.cmd, ['/bin/sh']);
  assert.deepEqual(image.config.labels, { maker: 'us' });
  assert.deepEqual(image.config.exposedPorts, ['80/tcp']);
  const [layer] = image.layers;
  assert.equal(layer?.instruction, 'RUN step 1');
  assert.equal(layer?.content.kind, 'file');
  assert.match(layer?.blobDigest ?? '', /^sha256:/);
  assert.notEqual(layer?.blobDigest, layer?.diffId);
});

test('several names want a choice, which the path can make', async () => {
  const path = layout((blobs) => [
    named(blobs.image('amd64', [blobs.layer([{ name: 'a' }])]), 'a'),
    named(blobs.image('amd64'), 'b'),
  ]);
  const error = await openFailure(path);
  assert.equal(error.code, 'usage');
  assert.match(error.message, /: a, b$/);
  assert.deepEqual((await openImage(`${path}:b`)).tags, ['b']);
  assert.deepEqual((await openImage(`oci:${path}:a`)).tags, ['a']);
  const { manifestDigest } = await openImage(`${path}:a`);
  assert.deepEqual((await openImage(`${path}@${manifestDigest}`)).tags, ['a']);
  assert.equal((await openFailure(`${path}:c`)).code, 'not-found');
});

test('one image under several names needs no choice', async () => {
  const path = layout((blobs) => ['1', '2'].map((name) => named(blobs.image('amd64'), name)));
  assert.deepEqual((await openImage(path)).tags, ['1', '2']);
});

test('a digest reaches into indexes', async () => {
  const blobs = new SampleBlobs();
  const [amd64, arm64] = [blobs.image('amd64'), blobs.image('arm64')];
  const path = blobs.write(fresh(), [blobs.index([amd64, arm64])]);
  const image = await openImage(`${path}@${arm64.digest}`, { platform: 'arm64' });
  assert.equal(image.manifestDigest, arm64.digest);
  assert.equal((await openFailure(`${path}@${arm64.digest}`, { platform: 'amd64' })).code, 'not-found');
});

test('the full name that containerd writes is understood in any spelling', async () => {
  const annotations = {
    'io.containerd.image.name': 'docker.io/library/app:1',
    'org.opencontainers.image.ref.name': '1',
  };
  const path = layout((blobs) => [{ ...blobs.image('amd64'), annotations }]);
  for (const selector of ['app:1', 'docker.io/library/app:1', '1']) await openImage(`${path}:${selector}`);
});

test('platforms are chosen in indexes, nested ones, and in index.json itself', async () => {
  const shapes: readonly ((blobs: SampleBlobs) => readonly BlobDescriptor[])[] = [
    (blobs) => [blobs.index([blobs.image('amd64'), blobs.image('arm64')])],
    (blobs) => [blobs.index([blobs.index([blobs.image('amd64')]), blobs.index([blobs.image('arm64')])])],
    (blobs) => [blobs.image('amd64'), blobs.image('arm64')],
    (blobs) => [named(blobs.image('amd64'), '1'), named(blobs.image('arm64'), '1')],
  ];
  for (const shape of shapes) {
    const path = layout(shape);
    for (const platform of ['amd64', 'arm64']) {
      assert.equal((await openImage(path, { platform })).platform.architecture, platform);
    }
    const error = await openFailure(path, { platform: 'linux/riscv64' });
    assert.match(error.message, /linux\/amd64, linux\/arm64\/v8/);
  }
});

test('attestations and other artifacts in an index are no images', async () => {
  const path = layout((blobs) => {
    const image = blobs.image('amd64');
    const unknown = { ...blobs.image('s390x'), platform: { os: 'unknown', architecture: 'unknown' } };
    const attestation = {
      ...blobs.image('arm64'),
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    };
    const signature = { ...blobs.image('riscv64'), artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json' };
    return [blobs.index([unknown, attestation, signature, image])];
  });
  assert.equal((await openImage(path)).platform.architecture, 'amd64');
  assert.doesNotMatch((await openFailure(path, { platform: 's390x' })).message, /unknown|arm64|riscv/);
});

test('a lone image of another platform is taken with a note, unless one was asked for', async () => {
  const path = layout((blobs) => [blobs.index([blobs.image('s390x')])]);
  const image = await openImage(path, { platform: 's390x' });
  assert.deepEqual(image.problems, []);
  assert.equal((await openFailure(path, { platform: 'amd64' })).code, 'not-found');
  const unasked = await openTarget(path, { signal: AbortSignal.timeout(30_000) });
  assert.ok(unasked.ok);
  assert.deepEqual(
    unasked.value.problems.map(({ code }) => code),
    process.arch === 's390x' ? [] : ['platform-only-one'],
  );
});

const unreadableLayers: readonly (readonly [string, Partial<BlobDescriptor>, string])[] = [
  ['encrypted', { mediaType: `${mediaTypes.layer}+gzip+encrypted` }, 'layer-encrypted'],
  [
    'foreign',
    { mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', urls: ['http://169.254.169.254/'] },
    'layer-foreign',
  ],
  ['of unknown type', { mediaType: 'application/vnd.example' }, 'layer-type-unknown'],
];
for (const [name, change, code] of unreadableLayers) {
  test(`a layer that is ${name} leaves a gap and a problem`, async () => {
    const path = layout((blobs) => {
      const [good, bad] = [blobs.layer([{ name: 'a' }]), blobs.layer([{ name: 'b' }])];
      return [blobs.image('amd64', [{ ...bad, descriptor: { ...bad.descriptor, ...change } }, good])];
    });
    const image = await openImage(path);
    assert.deepEqual(
      image.layers.map(({ index }) => index),
      [1],
    );
    assert.deepEqual(
      image.problems.map(({ code, effect }) => [code, effect]),
      [[code, 'incomplete']],
    );
  });
}

test('layers may be packed in any known way', async () => {
  const path = layout((blobs) => [
    blobs.image(
      'amd64',
      (['none', 'gzip', 'zstd'] as const).map((packing) => blobs.layer([{ name: packing }], packing)),
    ),
  ]);
  assert.equal((await openImage(path)).layers.length, 3);
});

const broken: readonly (readonly [string, TargetErrorCode, (blobs: SampleBlobs) => readonly BlobDescriptor[]])[] = [
  [
    'a manifest with another content than its digest',
    'invalid',
    (blobs) => {
      const image = blobs.image('amd64');
      blobs.blobs.set(image.digest, Buffer.from(JSON.stringify({ schemaVersion: 2 }).padEnd(image.size)));
      return [image];
    },
  ],
  ['a manifest of another size', 'invalid', (blobs) => [{ ...blobs.image('amd64'), size: 5 }]],
  ['a manifest said to be huge', 'invalid', (blobs) => [{ ...blobs.image('amd64'), size: 2 ** 40 }]],
  [
    'a missing manifest',
    'not-found',
    (blobs) => {
      const image = blobs.image('amd64');
      blobs.blobs.delete(image.digest);
      return [image];
    },
  ],
  [
    'a missing layer',
    'not-found',
    (blobs) => {
      const layer = blobs.layer([{ name: 'a' }]);
      const image = blobs.image('amd64', [layer]);
      blobs.blobs.delete(layer.descriptor.digest);
      return [image];
    },
  ],
  [
    'a cut layer',
    'invalid',
    (blobs) => {
      const layer = blobs.layer([{ name: 'a' }]);
      const image = blobs.image('amd64', [layer]);
      blobs.blobs.set(layer.descriptor.digest, Buffer.from('cut'));
      return [image];
    },
  ],
  [
    'an index that holds itself',
    'invalid',
    (blobs) => {
      let index = blobs.index([blobs.image('amd64')]);
      for (let depth = 0; depth < 10; depth += 1) index = blobs.index([index]);
      return [index];
    },
  ],
  [
    'more nested indexes than anybody needs',
    'invalid',
    (blobs) => [
      blobs.index(
        Array.from({ length: 100 }, (_, index) =>
          blobs.index([{ ...blobs.image('amd64'), annotations: { n: String(index) } }]),
        ),
      ),
    ],
  ],
  ['a manifest announced as index', 'invalid', (blobs) => [{ ...blobs.image('amd64'), mediaType: mediaTypes.index }]],
  [
    'fewer layers than diffIDs',
    'invalid',
    (blobs) => {
      const layer = blobs.layer([{ name: 'a' }]);
      const config = blobs.add(sampleConfig('amd64', [layer.diffId, layer.diffId]), mediaTypes.config);
      return [blobs.add({ schemaVersion: 2, config, layers: [layer.descriptor] }, mediaTypes.manifest)];
    },
  ],
  [
    'a configuration without layers',
    'invalid',
    (blobs) => {
      const config = blobs.add({ os: 'linux' }, mediaTypes.config);
      return [blobs.add({ schemaVersion: 2, config, layers: [] }, mediaTypes.manifest)];
    },
  ],
  [
    'a configuration with a broken diffID',
    'invalid',
    (blobs) => {
      const config = blobs.add(sampleConfig('amd64', ['sha256:../..']), mediaTypes.config);
      return [blobs.add({ schemaVersion: 2, config, layers: [] }, mediaTypes.manifest)];
    },
  ],
  [
    'an artifact that is no image',
    'unsupported',
    (blobs) => {
      const config = blobs.add('{}', 'application/vnd.cncf.helm.config.v1+json');
      return [blobs.add({ schemaVersion: 2, config, layers: [] }, mediaTypes.manifest)];
    },
  ],
  ['nothing but attestations', 'unsupported', (blobs) => [{ ...blobs.image('amd64'), artifactType: 'x/y' }]],
];
for (const [name, code, build] of broken) {
  test(`${name} is ${code}`, async () => assert.equal((await openFailure(layout(build))).code, code));
}

test('a broken index.json is said to be', async () => {
  for (const text of ['', '{}', '[]', '{"manifests":[{}]}', '{"schemaVersion":2,"manifests":{}}']) {
    const path = fresh();
    mkdirSync(path);
    writeFileSync(join(path, 'oci-layout'), '{}');
    writeFileSync(join(path, 'index.json'), text);
    assert.match((await openFailure(path)).message, /index\.json/);
  }
});

test('archives of a layout are read in place; packed ones through temporary space that closing empties', async () => {
  const blobs = new SampleBlobs();
  const archive = blobs.archive([named(blobs.image('amd64'), '1')]);
  const spoolDirectory = fresh();
  const packings = { tar: archive, 'tar.gz': gzipSync(archive), 'tar.zst': zstdCompressSync(archive) };
  for (const [suffix, bytes] of Object.entries(packings)) {
    const path = `${fresh()}.${suffix}`;
    writeFileSync(path, bytes);
    for (const target of [path, `oci:${path}:1`, `archive:${path}`]) {
      const image = await openImage(target, { spoolDirectory });
      const [layer] = image.layers;
      assert.equal(layer?.content.kind === 'file' && layer.content.path === path, suffix === 'tar');
      await image.close();
      await image.close();
    }
  }
  assert.deepEqual(readdirSync(spoolDirectory), []);
});
