import { ok, type Problem, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { ImageArtifact, ImageLayer, LayerContent, TargetScheme } from '../artifact.ts';
import { renderPlatform, suitability } from '../platform/platform.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { layerInstructions, parseConfig } from './config.ts';
import type { ImageWish } from './resolve.ts';

/** An image whose layers an engine or archive keeps in its own way, found through the image's configuration. */
export interface LocalImage {
  readonly scheme: TargetScheme;
  readonly configDigest: Digest;
  /** Verified against `configDigest` by the caller. */
  readonly configBytes: Uint8Array;
  readonly manifestDigest?: Digest;
  readonly tags: readonly string[];
  readonly problems?: readonly Problem[];
  close(): Promise<void>;
}

export interface LocalLayer {
  readonly content: LayerContent;
  readonly mediaType: string;
  readonly blobDigest?: Digest;
  readonly size?: number;
}

/** Where the layers are, once the configuration has said which they are: one for each diffID, bottom first. */
export type LayerFinder = (diffIds: readonly Digest[]) => Promise<Result<readonly LocalLayer[], TargetError>>;

export async function assembleLocal(
  image: LocalImage,
  wish: ImageWish,
  findLayers: LayerFinder,
): Promise<Result<ImageArtifact, TargetError>> {
  const document = parseConfig(image.configBytes);
  if (!document.ok)
    return targetError('invalid', `${wish.name}: the image configuration ${image.configDigest}: ${document.error}`);
  const { config, diffIds, platform } = document.value;
  if (wish.platform && suitability(platform, wish.platform) === undefined) {
    return targetError(
      'not-found',
      `${wish.name} is for ${renderPlatform(platform)}, not for ${renderPlatform(wish.platform)}`,
    );
  }
  const found = await findLayers(diffIds);
  if (!found.ok) return found;
  if (found.value.length !== diffIds.length) {
    const counts = `${found.value.length} layers and a configuration of ${diffIds.length}`;
    return targetError('invalid', `${wish.name} has ${counts}: it is damaged`);
  }
  return ok({
    kind: 'image',
    name: wish.name,
    scheme: image.scheme,
    ...(image.manifestDigest && { manifestDigest: image.manifestDigest }),
    configDigest: image.configDigest,
    platform,
    config,
    layers: describeLayers(found.value, diffIds, layerInstructions(config.history, diffIds.length)),
    tags: image.tags,
    problems: image.problems ?? [],
    close: image.close,
  });
}

function describeLayers(
  layers: readonly LocalLayer[],
  diffIds: readonly Digest[],
  instructions: readonly (string | undefined)[],
): ImageLayer[] {
  return layers.flatMap((layer, index) => {
    const diffId = diffIds[index];
    const instruction = instructions[index];
    return diffId ? [{ index, diffId, ...(instruction !== undefined && { instruction }), ...layer }] : [];
  });
}
