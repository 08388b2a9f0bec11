// Makes the images to measure with, from Debian's archive, in every form that a scanner meets.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface BenchImages {
  /** Unpacked, for `rootfs:`. */
  readonly rootfs: string;
  /** The file system as one uncompressed tar, and the same with gzip and zstd: what the limits are measured on. */
  readonly tar: string;
  readonly gzip: string;
  readonly zstd: string;
  /** OCI layouts. */
  readonly oneGzipLayer: string;
  readonly fourGzipLayers: string;
  readonly oneZstdLayer: string;
  /** As `docker save` writes it, uncompressed. */
  readonly dockerArchive: string;
  /** One gzip layer, ten times the bytes. */
  readonly tenfold: string;
}

const SUITE = 'bookworm';
const PACKAGES = 'python3,python3-pip-whl,perl,nodejs,git,curl,ca-certificates,openssl';

/** Builds what is missing; everything lies below `work` and can be deleted. */
export function benchImages(work: string): BenchImages {
  mkdirSync(work, { recursive: true });
  const path = (name: string) => join(work, name);
  const tar = path('rootfs.tar');
  once(tar, (file) => run(['mmdebstrap', '--variant=minbase', `--include=${PACKAGES}`, '--format=tar', SUITE, file]));
  once(path('rootfs'), (directory) => {
    mkdirSync(directory);
    run(['tar', '-xf', tar, '-C', directory, '--exclude=./dev/*', '--numeric-owner']);
  });
  once(path('rootfs.tar.gz'), (file) => run(['sh', '-c', 'exec gzip -6 -n -c "$1" > "$2"', 'sh', tar, file]));
  once(path('rootfs.tar.zst'), (file) => run(['zstd', '-q', '-3', tar, '-o', file]));
  const parts = [0, 1, 2, 3].map((index) => path(`part-${index}.tar`));
  if (!parts.every((part) => existsSync(part))) splitTree(path('rootfs'), parts);
  const gzipParts = parts.map((part) => {
    once(`${part}.gz`, (file) => run(['sh', '-c', 'exec gzip -6 -n -c "$1" > "$2"', 'sh', part, file]));
    return `${part}.gz`;
  });
  once(path('tenfold.tar.gz'), (file) => makeTenfold(path('rootfs'), tar, file));
  once(path('one-gzip'), (directory) => ociLayout(directory, [[path('rootfs.tar.gz'), 'gzip']]));
  once(path('four-gzip'), (directory) =>
    ociLayout(
      directory,
      gzipParts.map((part) => [part, 'gzip']),
    ),
  );
  once(path('one-zstd'), (directory) => ociLayout(directory, [[path('rootfs.tar.zst'), 'zstd']]));
  once(path('tenfold'), (directory) => ociLayout(directory, [[path('tenfold.tar.gz'), 'gzip']]));
  once(path('docker.tar'), (file) => dockerArchive(file, tar, work));
  return {
    rootfs: path('rootfs'),
    tar,
    gzip: path('rootfs.tar.gz'),
    zstd: path('rootfs.tar.zst'),
    oneGzipLayer: path('one-gzip'),
    fourGzipLayers: path('four-gzip'),
    oneZstdLayer: path('one-zstd'),
    dockerArchive: path('docker.tar'),
    tenfold: path('tenfold'),
  };
}

function once(target: string, make: (temporary: string) => void): void {
  if (existsSync(target)) return;
  console.error(`making ${target}`);
  const temporary = `${target}.making`;
  rmSync(temporary, { recursive: true, force: true });
  make(temporary);
  renameSync(temporary, target);
}

function run(argv: readonly string[], input?: string): string {
  const [program = '', ...args] = argv;
  const done = spawnSync(program, args, { input, stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${argv.join(' ')} failed`);
  return done.stdout.toString();
}

/** Four layers of about equal size, each a run of the sorted list of entries. */
function splitTree(root: string, parts: readonly string[]): void {
  const lines = run(['find', root, '-mindepth', '1', '-printf', '%s\t%P\\0']).split('\0').filter(Boolean);
  const entries = lines.map((line) => line.split('\t') as [string, string]).sort((a, b) => (a[1] < b[1] ? -1 : 1));
  const total = entries.reduce((sum, [size]) => sum + Number(size), 0);
  const lists: string[][] = parts.map(() => []);
  let seen = 0;
  for (const [size, name] of entries) {
    lists[Math.min(parts.length - 1, Math.floor((seen / total) * parts.length))]?.push(name);
    seen += Number(size);
  }
  for (const [index, part] of parts.entries()) {
    run(['tar', '-cf', part, '--no-recursion', '--null', '-C', root, '-T', '-'], lists[index]?.join('\0'));
  }
}

/** The same image with nine more copies of its content below another directory: ten times the bytes and entries, the same packages. */
function makeTenfold(rootfs: string, tar: string, target: string): void {
  const plain = `${target}.tar`;
  copyFileSync(tar, plain);
  for (let copy = 1; copy < 10; copy++) {
    run(['tar', '-rf', plain, '-C', rootfs, `--transform=s,^usr,opt/copy${copy}/usr,`, 'usr']);
  }
  run(['sh', '-c', 'exec gzip -1 -n -c "$1" > "$2"', 'sh', plain, target]);
  rmSync(plain);
}

function ociLayout(directory: string, layers: readonly (readonly [string, 'gzip' | 'zstd'])[]): void {
  const blobs = join(directory, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const descriptors = layers.map(([file, compression]) => {
    const digest = sha256(file);
    linkSync(file, join(blobs, digest));
    return {
      mediaType: `application/vnd.oci.image.layer.v1.tar+${compression}`,
      digest: `sha256:${digest}`,
      size: statSync(file).size,
    };
  });
  const diffIds = layers.map(([file, compression]) => `sha256:${uncompressedDigest(file, compression)}`);
  const config = addBlob(blobs, {
    os: 'linux',
    architecture: goArchitecture(),
    rootfs: { type: 'layers', diff_ids: diffIds },
  });
  const manifest = addBlob(blobs, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: descriptors,
  });
  writeFileSync(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const index = {
    schemaVersion: 2,
    manifests: [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest }],
  };
  writeFileSync(join(directory, 'index.json'), JSON.stringify(index));
}

function dockerArchive(file: string, tar: string, work: string): void {
  const staging = join(work, 'docker-staging');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  linkSync(tar, join(staging, 'layer.tar'));
  const config = JSON.stringify({
    created: '2026-01-01T00:00:00Z',
    os: 'linux',
    architecture: goArchitecture(),
    config: {},
    history: [{ created_by: 'ADD rootfs' }],
    rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(tar)}`] },
  });
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
  writeFileSync(join(staging, configName), config);
  const manifest = [{ Config: configName, RepoTags: ['bench:latest'], Layers: ['layer.tar'] }];
  writeFileSync(join(staging, 'manifest.json'), JSON.stringify(manifest));
  run(['tar', '-cf', file, '-C', staging, 'manifest.json', configName, 'layer.tar']);
  rmSync(staging, { recursive: true });
}

function addBlob(blobs: string, value: unknown): { digest: string; size: number } {
  const text = JSON.stringify(value);
  const digest = createHash('sha256').update(text).digest('hex');
  writeFileSync(join(blobs, digest), text);
  return { digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
}

function sha256(file: string): string {
  return (run(['sha256sum', file]).split(' ')[0] ?? '').replace(/^\\/, '');
}

function uncompressedDigest(file: string, compression: 'gzip' | 'zstd'): string {
  const output = run(['sh', '-c', `exec ${compression} -dc "$1" | sha256sum`, 'sh', file]);
  return output.split(' ')[0] ?? '';
}

function goArchitecture(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

/** What the images hold, for the header of the results. */
export function describeImages(images: BenchImages): string {
  const packages = readFileSync(join(images.rootfs, 'var/lib/dpkg/status'), 'utf8').match(/^Package: /gm)?.length ?? 0;
  const megabytes = (file: string) => Math.round(statSync(file).size / 1e6);
  return `Debian ${SUITE}, ${packages} packages, ${megabytes(images.tar)} MB uncompressed, ${megabytes(images.gzip)} MB gzip, ${megabytes(images.zstd)} MB zstd`;
}
