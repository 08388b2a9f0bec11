import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { ImageArtifact } from '../artifact.ts';
import { type BlobSpool, createBlobSpool } from '../blob-spool.ts';
import { connectEngine, firstSocket } from '../docker/address.ts';
import { inspectImage, openExportedImage } from '../docker/engine-image.ts';
import type { Engine } from '../engine.ts';
import { assembleLocal, type LocalLayer } from '../image/assemble-local.ts';
import { maxConfigBytes } from '../image/config.ts';
import { digestOf, verifyDigest } from '../image/content-store.ts';
import { maxManifestBytes } from '../image/manifest.ts';
import { type OpenContext, wishFor } from '../open-options.ts';
import { rebuiltLayer } from '../tar-split/rebuilt-layer.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { storageRoots } from './storage-settings.ts';
import {
  findStoredImage,
  type GraphStore,
  graphStores,
  readBigData,
  type StoredImage,
  type StoredLayer,
  storedLayers,
} from './store.ts';

/** Podman, Buildah and CRI-O share one kind of store, which is read in place: no service has to run. A service is asked for what is not there. */
export const podman: Engine = {
  scheme: 'podman',
  title: 'Podman',
  async open(name, context) {
    let fault: Result<never, TargetError> = targetError('not-found', `Podman has no image ${name} on this machine`);
    for (const root of await storageRoots(context.environment)) {
      const opened = await openFromRoot(root, name, context);
      if (opened.ok) return opened;
      if (opened.error.code !== 'not-found') fault = opened;
    }
    const served = await openFromService(name, context);
    return served.ok || served.error.code !== 'not-found' ? served : fault;
  },
};

/** Podman's service speaks Docker's API: a virtual machine on other systems, root's Podman for other users. */
async function openFromService(name: string, context: OpenContext): Promise<Result<ImageArtifact, TargetError>> {
  const { CONTAINER_HOST: chosen, XDG_RUNTIME_DIR: runtime } = context.environment;
  const sockets = [...(runtime ? [join(runtime, 'podman/podman.sock')] : []), '/run/podman/podman.sock'];
  const address = chosen || (await firstSocket(sockets));
  if (address === 'none') return targetError('not-found', 'Podman offers no service on this machine');
  const api = await connectEngine(address, context.environment);
  if (!api.ok) return targetError('unsupported', `Podman: ${api.error}`);
  try {
    const image = await inspectImage(api.value, name, context.signal);
    return image.ok ? await openExportedImage(api.value, image.value, name, 'podman', context) : image;
  } finally {
    api.value.client.close();
  }
}

async function openFromRoot(
  root: string,
  name: string,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const stores = await graphStores(root);
  if (!stores.ok) return stores;
  for (const store of stores.value) {
    const image = await findStoredImage(store, name);
    if (image.ok) return openStored(store, image.value, name, context);
    if (image.error.code !== 'not-found') return image;
  }
  return targetError('not-found', `${root} does not hold ${name}`);
}

async function openStored(
  store: GraphStore,
  image: StoredImage,
  name: string,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const configDigest: Digest = `sha256:${image.id}`;
  const config = await readBigData(store, image, configDigest, maxConfigBytes);
  if (!config.ok) return config;
  const verified = verifyDigest(config.value, configDigest);
  if (!verified.ok) return verified;
  const manifest = await readBigData(store, image, 'manifest', maxManifestBytes);
  const layers = await storedLayers(store, image);
  if (!layers.ok) return layers;
  const spool = context.newSpool();
  const local = {
    scheme: 'podman' as const,
    configDigest,
    configBytes: config.value,
    ...(manifest.ok && { manifestDigest: digestOf(manifest.value) }),
    tags: image.names,
    close: () => spool.close(),
  };
  return assembleLocal(local, wishFor(image.names[0] ?? name, context), (diffIds) =>
    findLayers(store, layers.value, diffIds, createBlobSpool(spool)),
  );
}

async function findLayers(
  store: GraphStore,
  layers: readonly StoredLayer[],
  diffIds: readonly Digest[],
  spool: BlobSpool,
): Promise<Result<readonly LocalLayer[], TargetError>> {
  const found: LocalLayer[] = [];
  for (const [index, layer] of layers.entries()) {
    if (layer.diffId !== diffIds[index]) {
      return targetError(
        'invalid',
        `${store.root}: the layers in the store are not those of the image's configuration`,
      );
    }
    const content =
      store.driver === 'overlay' ? await overlayLayer(store, layer) : await vfsLayer(store, layer, layer.diffId, spool);
    if (!content.ok) return content;
    found.push(content.value);
  }
  return ok(found);
}

const UNPACKED_TYPE = 'application/vnd.oci.image.layer.v1.tar';

async function overlayLayer({ root }: GraphStore, { id, size }: StoredLayer): Promise<Result<LocalLayer, TargetError>> {
  const path = join(root, 'overlay', id, 'diff');
  const fault = (await unreadableDirectory(path)) ?? (await composedLayer(join(root, 'overlay', id)));
  if (fault) return fault;
  return ok({
    content: { kind: 'directory', path, whiteouts: 'overlay' },
    mediaType: UNPACKED_TYPE,
    ...(size !== undefined && { size }),
  });
}

/** With composefs the directory holds contents by digest, under names that mean nothing: read as a tree it would look empty. */
async function composedLayer(path: string): Promise<ReturnType<typeof targetError> | undefined> {
  const isComposed = await stat(join(path, 'composefs-data')).then(
    () => true,
    () => false,
  );
  const advice = 'save the image with podman save and scan the archive';
  return isComposed
    ? targetError('unsupported', `${path} is kept with composefs, which is not read; ${advice}`)
    : undefined;
}

/** A vfs directory is a copy of the whole tree, so what the layer itself did is taken from the engine's record of its tar. */
async function vfsLayer(
  { root }: GraphStore,
  { id, size }: StoredLayer,
  diffId: Digest | undefined,
  spool: BlobSpool,
): Promise<Result<LocalLayer, TargetError>> {
  const path = join(root, 'vfs/dir', id);
  const record = join(root, 'vfs-layers', `${id}.tar-split.gz`);
  const fault = (await unreadableDirectory(path)) ?? (await unreadableRecord(record));
  if (fault) return fault;
  if (diffId === undefined) return targetError('invalid', `${root}: the layer ${id} has no digest`);
  return ok({ ...rebuiltLayer(diffId, record, path, spool), ...(size !== undefined && { size }) });
}

async function unreadableDirectory(path: string): Promise<ReturnType<typeof targetError> | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isDirectory())
    return targetError('invalid', `${path} is missing: the image is not whole; remove and pull it again`);
  const readable = await access(path, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return readable
    ? undefined
    : targetError(
        'denied',
        `${path} may not be read by this user; run as the user who pulled the image, or save it with podman save`,
      );
}

async function unreadableRecord(path: string): Promise<ReturnType<typeof targetError> | undefined> {
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  return readable
    ? undefined
    : targetError(
        'unsupported',
        `${path} is missing, so it is not known what the layer holds; save the image with podman save and scan the archive`,
      );
}
