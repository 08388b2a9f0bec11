import { ok, type Problem, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { ImageArtifact, ImageLayer, LayerContent, TargetScheme } from '../artifact.ts';
import { renderPlatform, suitability } from '../platform/platform.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { type ImageConfigDocument, layerInstructions, maxConfigBytes, parseConfig } from './config.ts';
import { type ContentStore, readVerified } from './content-store.ts';
import type { Descriptor } from './manifest.ts';
import { isImageConfig, type LayerKind, layerKind } from './media-types.ts';
import { type ImageWish, type ResolvedManifest, resolveAmong, resolveManifest } from './resolve.ts';

/** What the opener of a store knows beyond the store's content. */
export interface ImageOrigin {
  readonly scheme: TargetScheme;
  readonly tags: readonly string[];
  readonly problems?: readonly Problem[];
  close(): Promise<void>;
}

/** From the descriptor of an index or manifest, or several that share a name, to an artifact whose layers can be read. */
export async function openImage(
  store: ContentStore,
  roots: readonly Descriptor[],
  wish: ImageWish,
  origin: ImageOrigin,
): Promise<Result<ImageArtifact, TargetError>> {
  const [root] = roots;
  const resolved =
    root && roots.length === 1 ? await resolveManifest(store, root, wish) : await resolveAmong(store, roots, wish);
  if (!resolved.ok) return resolved;
  const { manifest } = resolved.value;
  if (!isImageConfig(manifest.config.mediaType)) {
    return targetError(
      'unsupported',
      `${wish.name} is no container image but an artifact of type ${manifest.config.mediaType.slice(0, 120)}`,
    );
  }
  const document = await readConfig(store, manifest.config, wish);
  if (!document.ok) return document;
  const fault = contradiction(resolved.value, document.value, wish);
  if (fault) return fault;
  const layers = await placeLayers(store, manifest.layers, document.value);
  if (!layers.ok) return layers;
  return ok({
    kind: 'image',
    name: wish.name,
    scheme: origin.scheme,
    manifestDigest: resolved.value.descriptor.digest,
    ...(resolved.value.indexDigest && { indexDigest: resolved.value.indexDigest }),
    configDigest: manifest.config.digest,
    platform: document.value.platform,
    config: document.value.config,
    layers: layers.value.layers,
    tags: origin.tags,
    problems: [...(origin.problems ?? []), ...resolved.value.problems, ...layers.value.problems],
    close: origin.close,
  });
}

async function readConfig(
  store: ContentStore,
  descriptor: Descriptor,
  wish: ImageWish,
): Promise<Result<ImageConfigDocument, TargetError>> {
  const bytes = await readVerified(store, descriptor, maxConfigBytes, wish.signal);
  if (!bytes.ok) return bytes;
  const document = parseConfig(bytes.value);
  return document.ok
    ? document
    : targetError('invalid', `${wish.name}: the image configuration ${descriptor.digest}: ${document.error}`);
}

function contradiction(
  { manifest }: ResolvedManifest,
  document: ImageConfigDocument,
  wish: ImageWish,
): Result<never, TargetError> | undefined {
  if (manifest.layers.length !== document.diffIds.length) {
    const counts = `${manifest.layers.length} layers in its manifest and ${document.diffIds.length} in its configuration`;
    return targetError('invalid', `${wish.name} has ${counts}: it is damaged`);
  }
  if (wish.platform && suitability(document.platform, wish.platform) === undefined) {
    return targetError(
      'not-found',
      `${wish.name} is for ${renderPlatform(document.platform)}, not for ${renderPlatform(wish.platform)}`,
    );
  }
  return undefined;
}

/** Layers that cannot be read leave a gap in the list and an `incomplete` problem. */
async function placeLayers(
  store: ContentStore,
  descriptors: readonly Descriptor[],
  { diffIds, config }: ImageConfigDocument,
): Promise<Result<{ layers: ImageLayer[]; problems: Problem[] }, TargetError>> {
  const layers: ImageLayer[] = [];
  const problems: Problem[] = [];
  const instructions = layerInstructions(config.history, diffIds.length);
  for (const [index, descriptor] of descriptors.entries()) {
    const diffId = diffIds[index];
    if (diffId === undefined) continue;
    const kind = layerKind(descriptor.mediaType);
    const content = await layerContent(store, descriptor, kind);
    if (content === 'unreadable') problems.push(unreadableLayer(descriptor, kind, index));
    else if (!content.ok) return content;
    else layers.push(describeLayer(index, diffId, descriptor, instructions[index], content.value));
  }
  return ok({ layers, problems });
}

async function layerContent(
  store: ContentStore,
  descriptor: Descriptor,
  kind: LayerKind,
): Promise<Result<LayerContent, TargetError> | 'unreadable'> {
  if (kind === 'encrypted' || kind === 'unknown') return 'unreadable';
  // A foreign layer with addresses was never pushed; its addresses are the image's word, so we do not go there.
  if (kind === 'foreign' && descriptor.urls.length > 0) return 'unreadable';
  const content = await store.layer(descriptor);
  return !content.ok && kind === 'foreign' && content.error.code === 'not-found' ? 'unreadable' : content;
}

function describeLayer(
  index: number,
  diffId: Digest,
  descriptor: Descriptor,
  instruction: string | undefined,
  content: LayerContent,
): ImageLayer {
  const { digest: blobDigest, mediaType, size } = descriptor;
  return { index, diffId, blobDigest, mediaType, size, ...(instruction !== undefined && { instruction }), content };
}

const UNREADABLE: Readonly<Record<Exclude<LayerKind, 'readable'>, readonly [code: string, words: string]>> = {
  encrypted: [
    'layer-encrypted',
    'it is encrypted; decrypt the image first (for example with skopeo copy --decryption-key)',
  ],
  foreign: ['layer-foreign', 'it is a foreign layer that its registry does not hold'],
  unknown: ['layer-type-unknown', 'its media type is not known'],
};

function unreadableLayer(descriptor: Descriptor, kind: LayerKind, index: number): Problem {
  const [code, words] = UNREADABLE[kind === 'readable' ? 'unknown' : kind];
  const type = kind === 'unknown' ? ` (${descriptor.mediaType.slice(0, 120)})` : '';
  return {
    code,
    message: `Layer ${index + 1} was not read: ${words}${type}.`,
    effect: 'incomplete',
    subject: descriptor.digest,
  };
}
