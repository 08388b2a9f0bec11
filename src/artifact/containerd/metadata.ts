import { type Digest, parseDigest } from '#model/index.ts';
import type { Descriptor } from '../image/manifest.ts';
import { type BoltBucket, readBolt } from './bolt.ts';

/** An image that containerd has by name, in one of its namespaces. */
export interface NamedImage {
  readonly namespace: string;
  readonly name: string;
  readonly target: Descriptor;
}

/** Images whose name `isMeant` accepts, from `meta.db`: v1/<namespace>/images/<name>/target/{digest,mediatype,size}. */
export function findNamedImages(
  databasePath: string,
  isMeant: (name: string, digest: Digest) => boolean,
): NamedImage[] {
  return readBolt(databasePath, (root) => {
    const version = root.bucket('v1');
    return (version?.bucketNames() ?? []).flatMap((namespace) => {
      const images = version?.bucket(namespace)?.bucket('images');
      return images ? imagesOf(namespace, images).filter(({ name, target }) => isMeant(name, target.digest)) : [];
    });
  });
}

function imagesOf(namespace: string, images: BoltBucket): NamedImage[] {
  return images.bucketNames().flatMap((name) => {
    const target = images.bucket(name)?.bucket('target');
    const descriptor = target && parseTargetBucket(target);
    return descriptor ? [{ namespace, name, target: descriptor }] : [];
  });
}

function parseTargetBucket(bucket: BoltBucket): Descriptor | undefined {
  const digest = parseDigest(bucket.value('digest')?.toString('utf8') ?? '');
  const mediaType = bucket.value('mediatype')?.toString('utf8');
  const size = readVarint(bucket.value('size'));
  if (!digest.ok || mediaType === undefined || size === undefined) return undefined;
  return { digest: digest.value, mediaType, size, annotations: {}, urls: [] };
}

/** Go's signed variable-length number: seven bits a byte, the sign in the lowest bit. */
function readVarint(bytes: Buffer | undefined): number | undefined {
  let value = 0;
  let factor = 1;
  for (const byte of (bytes ?? Buffer.alloc(0)).subarray(0, 8)) {
    value += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 0x80) return value % 2 === 0 && Number.isSafeInteger(value / 2) ? value / 2 : undefined;
  }
  return undefined;
}
