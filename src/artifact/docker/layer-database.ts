import { createHash } from 'node:crypto';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import { type Digest, digestHex } from '#model/index.ts';
import type { BlobSpool } from '../blob-spool.ts';
import type { LocalLayer } from '../image/assemble-local.ts';
import { maxConfigBytes } from '../image/config.ts';
import { verifyDigest } from '../image/content-store.ts';
import { rebuiltLayer } from '../tar-split/rebuilt-layer.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** The files of a Docker engine on this machine. */
export interface DockerFiles {
  /** `/var/lib/docker` */
  readonly root: string;
  readonly driver: 'overlay2' | 'vfs';
}

const UNPACKED_TYPE = 'application/vnd.oci.image.layer.v1.tar';

/** The configuration of an image, verified by its id. */
export async function readImageConfig(
  { root, driver }: DockerFiles,
  id: Digest,
): Promise<Result<Uint8Array, TargetError>> {
  const path = join(root, 'image', driver, 'imagedb/content/sha256', digestHex(id));
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile() || stats.size > maxConfigBytes) return targetError('unreachable', `${path} cannot be read`);
  const bytes = await readFile(path).catch(() => undefined);
  return bytes ? verifyDigest(bytes, id) : targetError('denied', `${path} may not be read by this user`);
}

/** Finds each layer's directory through the layer database, which is keyed by chain id: a layer on top of certain others. */
export async function findDockerLayers(
  files: DockerFiles,
  diffIds: readonly Digest[],
  spool: BlobSpool,
): Promise<Result<readonly LocalLayer[], TargetError>> {
  const layers: LocalLayer[] = [];
  let chainId = '';
  for (const diffId of diffIds) {
    chainId = chainId === '' ? diffId : `sha256:${createHash('sha256').update(`${chainId} ${diffId}`).digest('hex')}`;
    const layer = await findLayer(files, chainId.slice('sha256:'.length), diffId, spool);
    if (!layer.ok) return layer;
    layers.push(layer.value);
  }
  return ok(layers);
}

async function findLayer(
  files: DockerFiles,
  chainHex: string,
  diffId: Digest,
  spool: BlobSpool,
): Promise<Result<LocalLayer, TargetError>> {
  const entry = join(files.root, 'image', files.driver, 'layerdb/sha256', chainHex);
  const stored = await readLine(join(entry, 'diff'));
  const cacheId = await readLine(join(entry, 'cache-id'));
  if (stored !== diffId || cacheId === undefined || !/^[0-9a-z]{25,64}$/.test(cacheId)) {
    return targetError('unreachable', `${entry} does not describe the layer ${diffId}`);
  }
  const path =
    files.driver === 'vfs' ? join(files.root, 'vfs/dir', cacheId) : join(files.root, 'overlay2', cacheId, 'diff');
  const readable = await access(path, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!readable) return targetError('denied', `${path} may not be read by this user`);
  if (files.driver === 'vfs') return ok(rebuiltLayer(diffId, join(entry, 'tar-split.json.gz'), path, spool));
  return ok({ content: { kind: 'directory', path, whiteouts: 'overlay' }, mediaType: UNPACKED_TYPE });
}

async function readLine(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text?.trim();
}
