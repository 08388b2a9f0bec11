import type { Result } from '#foundation/index.ts';
import type { ImageArtifact } from '../artifact.ts';
import { createBlobSpool } from '../blob-spool.ts';
import type { Engine } from '../engine.ts';
import { assembleLocal } from '../image/assemble-local.ts';
import { type OpenContext, wishFor } from '../open-options.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { connectEngine, dockerAddress, type EngineApi } from './address.ts';
import { engineInfo, type InspectedImage, inspectImage, openExportedImage } from './engine-image.ts';
import { type DockerFiles, findDockerLayers, readImageConfig } from './layer-database.ts';

/** Docker is asked over its API. Where its files can be read they are read in place, otherwise it exports the image. */
export const docker: Engine = {
  scheme: 'docker',
  title: 'Docker',
  async open(name, context) {
    const address = await dockerAddress(context.environment);
    if (address === 'none')
      return targetError('not-found', 'no Docker was found on this machine (no DOCKER_HOST, no socket)');
    const api = await connectEngine(address, context.environment);
    if (!api.ok) return targetError('unsupported', `Docker: ${api.error}`);
    try {
      return await openHeld(api.value, name, context);
    } finally {
      api.value.client.close();
    }
  },
};

async function openHeld(
  api: EngineApi,
  name: string,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const image = await inspectImage(api, name, context.signal);
  if (!image.ok) return image;
  const files = await readableFiles(api, context.signal);
  const inPlace = files && (await openInPlace(files, image.value, name, context));
  // Anything odd about the files means that they are not this engine's or not in a form we know: the export is always right.
  if (inPlace?.ok || inPlace?.error.code === 'not-found') return inPlace;
  return openExportedImage(api, image.value, name, 'docker', context);
}

async function readableFiles(api: EngineApi, signal: AbortSignal): Promise<DockerFiles | undefined> {
  const info = api.isLocal ? await engineInfo(api, signal) : undefined;
  if (info?.driver !== 'overlay2' && info?.driver !== 'vfs') return undefined;
  return { root: info.root, driver: info.driver };
}

async function openInPlace(
  files: DockerFiles,
  image: InspectedImage,
  name: string,
  context: OpenContext,
): Promise<Result<ImageArtifact, TargetError>> {
  const config = await readImageConfig(files, image.id);
  if (!config.ok) return config;
  const spool = context.newSpool();
  const local = {
    scheme: 'docker' as const,
    configDigest: image.id,
    configBytes: config.value,
    tags: image.tags,
    close: () => spool.close(),
  };
  const wish = wishFor(image.tags[0] ?? name, context);
  return assembleLocal(local, wish, (diffIds) => findDockerLayers(files, diffIds, createBlobSpool(spool)));
}
