import assert from 'node:assert/strict';
import { parseConfig } from '#artifact/image/config.ts';
import { parseManifest } from '#artifact/image/manifest.ts';
import { mediaTypes, SampleBlobs, sampleConfig, sha256 } from '../../kit/sample-layout.ts';
import { checkResult } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;

const types = [undefined, mediaTypes.manifest, mediaTypes.index, mediaTypes.dockerManifest, mediaTypes.dockerList];

export const imageDocuments: FuzzTarget = {
  id: 'image-documents',
  title: 'manifests, indexes and configurations of images',
  form: 'json',
  seeds() {
    const blobs = new SampleBlobs();
    const image = blobs.image('amd64');
    const index = blobs.index([
      image,
      { ...blobs.image('arm64'), annotations: { a: 'b' }, urls: ['https://example.org'] },
    ]);
    const documents = [image, index].map(({ digest }) => blobs.blobs.get(digest) ?? new Uint8Array(0));
    return [...documents, Buffer.from(JSON.stringify(sampleConfig('arm64', [sha256('a'), sha256('b')])))];
  },
  run(bytes) {
    for (const type of types) {
      const document = checkResult(parseManifest(bytes, type));
      if (document === undefined) continue;
      const descriptors = document.kind === 'index' ? document.manifests : [document.config, ...document.layers];
      for (const { digest, size, mediaType } of descriptors) {
        assert.match(digest, DIGEST);
        assert.ok(Number.isSafeInteger(size) && size >= 0);
        assert.ok(mediaType !== '');
      }
    }
    const config = checkResult(parseConfig(bytes));
    if (config === undefined) return;
    for (const diffId of config.diffIds) assert.match(diffId, DIGEST);
    const { env, cmd, entrypoint, exposedPorts, volumes } = config.config;
    for (const text of [...env, ...cmd, ...entrypoint, ...exposedPorts, ...volumes])
      assert.equal(typeof text, 'string');
  },
};
