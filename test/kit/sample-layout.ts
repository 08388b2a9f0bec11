import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type TarEntrySpec, tarOf } from './tar.ts';

/** Builds OCI layouts for tests, without any program. */
export interface BlobDescriptor {
  readonly mediaType: string;
  readonly digest: `sha256:${string}`;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly urls?: readonly string[];
}

export const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

export type Packing = 'none' | 'gzip' | 'zstd';

/** Blobs by digest, with the documents that tie them together. */
export class SampleBlobs {
  readonly blobs = new Map<string, Uint8Array>();

  add(content: Uint8Array | string | object, mediaType: string, more: Partial<BlobDescriptor> = {}): BlobDescriptor {
    const bytes =
      typeof content === 'string'
        ? Buffer.from(content)
        : content instanceof Uint8Array
          ? content
          : Buffer.from(JSON.stringify(content));
    const digest = sha256(bytes);
    this.blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length, ...more };
  }

  /** One layer of files, packed. */
  layer(
    files: readonly TarEntrySpec[],
    packing: Packing = 'gzip',
  ): { readonly descriptor: BlobDescriptor; readonly diffId: string } {
    return this.packedLayer(tarOf(files), packing);
  }

  /** A layer of an archive that something else made. */
  packedLayer(
    tar: Uint8Array,
    packing: Packing = 'gzip',
  ): { readonly descriptor: BlobDescriptor; readonly diffId: string } {
    const packed = packing === 'gzip' ? gzipSync(tar) : packing === 'zstd' ? zstdCompressSync(tar) : tar;
    const mediaType = mediaTypes.layer + (packing === 'none' ? '' : `+${packing}`);
    return { descriptor: this.add(packed, mediaType), diffId: sha256(tar) };
  }

  /** An image of one small layer, or of the given layers. */
  image(
    architecture: string,
    layers = [this.layer([{ name: 'etc/os-release', body: `ID=test\nBUILD_ID=${architecture}\n` }])],
  ): BlobDescriptor {
    const config = this.add(
      sampleConfig(
        architecture,
        layers.map(({ diffId }) => diffId),
      ),
      mediaTypes.config,
    );
    const manifest = {
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config,
      layers: layers.map(({ descriptor }) => descriptor),
    };
    return this.add(manifest, mediaTypes.manifest, { platform: { os: 'linux', architecture } });
  }

  index(manifests: readonly BlobDescriptor[]): BlobDescriptor {
    return this.add({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }, mediaTypes.index);
  }

  /** Writes the layout whose index.json lists these. */
  write(directory: string, manifests: readonly BlobDescriptor[]): string {
    mkdirSync(join(directory, 'blobs/sha256'), { recursive: true });
    writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    writeFileSync(join(directory, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
    for (const [digest, bytes] of this.blobs) writeFileSync(join(directory, 'blobs/sha256', digest.slice(7)), bytes);
    return directory;
  }

  /** The same layout as a tar archive. */
  archive(manifests: readonly BlobDescriptor[]): Uint8Array {
    return tarOf([
      { name: 'oci-layout', body: '{"imageLayoutVersion":"1.0.0"}' },
      { name: 'index.json', body: JSON.stringify({ schemaVersion: 2, manifests }) },
      ...[...this.blobs].map(([digest, body]) => ({ name: `blobs/sha256/${digest.slice(7)}`, body })),
    ]);
  }
}

export function named(descriptor: BlobDescriptor, name: string): BlobDescriptor {
  return { ...descriptor, annotations: { ...descriptor.annotations, 'org.opencontainers.image.ref.name': name } };
}

export function sha256(bytes: Uint8Array | string): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export function sampleConfig(architecture: string, diffIds: readonly string[]): object {
  return {
    created: '2024-01-02T03:04:05Z',
    architecture,
    os: 'linux',
    config: { Env: ['PATH=/bin'], Cmd: ['/bin/sh'], Labels: { maker: 'us' }, ExposedPorts: { '80/tcp': {} } },
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: [
      { created_by: 'ENV PATH=/bin', empty_layer: true },
      ...diffIds.map((_, index) => ({ created_by: `RUN step ${index + 1}` })),
    ],
  };
}
