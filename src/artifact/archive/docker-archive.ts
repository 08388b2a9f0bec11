import { ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import type { ImageArtifact, TargetScheme } from '../artifact.ts';
import { assembleLocal, type LocalLayer } from '../image/assemble-local.ts';
import { maxConfigBytes } from '../image/config.ts';
import { digestOf } from '../image/content-store.ts';
import { asObject, asText, asTexts } from '../image/json.ts';
import { maxManifestBytes } from '../image/manifest.ts';
import type { ImageWish } from '../image/resolve.ts';
import { sniffMediaType } from '../members/compression.ts';
import { type Members, readMember } from '../members/members.ts';
import { sameReference } from '../reference/reference.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** What `docker save` writes: `manifest.json` names for each image its configuration, tags and layer files. */
export const dockerManifestName = 'manifest.json';

export interface DockerArchiveRequest extends ImageWish {
  readonly scheme: TargetScheme;
  /** Tag or name, or `@sha256:…` of the configuration (the image id). */
  readonly selector?: string;
  close(): Promise<void>;
}

interface SavedImage {
  readonly config: string;
  readonly tags: readonly string[];
  readonly layers: readonly string[];
}

export async function openDockerArchive(
  members: Members,
  request: DockerArchiveRequest,
): Promise<Result<ImageArtifact, TargetError>> {
  const images = await readImages(members, request);
  if (!images.ok) return images;
  const image = selectImage(images.value, request);
  if (!image.ok) return image;
  const config = await readConfig(members, image.value, request);
  if (!config.ok) return config;
  const local = { scheme: request.scheme, tags: image.value.tags, close: request.close, ...config.value };
  return assembleLocal(local, request, () => findLayers(members, image.value, request));
}

async function readImages(members: Members, { name }: ImageWish): Promise<Result<readonly SavedImage[], TargetError>> {
  const file = await members.find(dockerManifestName);
  if (!file) return targetError('invalid', `${name} has no ${dockerManifestName}, so it is no archive of docker save`);
  const bytes = await readMember(file, maxManifestBytes);
  if (!bytes.ok) return bytes;
  const images = parseImages(bytes.value);
  return images
    ? ok(images)
    : targetError('invalid', `${name}: ${dockerManifestName} cannot be read as a list of images`);
}

function parseImages(bytes: Uint8Array): readonly SavedImage[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const images = list.map(parseImage);
  return images.every((image) => image !== undefined) ? images : undefined;
}

function parseImage(value: unknown): SavedImage | undefined {
  const image = asObject(value);
  const config = asText(image['Config']);
  if (config === undefined || !Array.isArray(image['Layers'] ?? [])) return undefined;
  return { config, tags: asTexts(image['RepoTags']), layers: asTexts(image['Layers']) };
}

function selectImage(
  images: readonly SavedImage[],
  { name, selector }: DockerArchiveRequest,
): Result<SavedImage, TargetError> {
  const meant = selector === undefined ? images : images.filter((image) => isMeant(image, selector));
  const [first] = meant;
  const choices = images.map((image) => image.tags[0] ?? `@${configDigestInName(image.config) ?? image.config}`);
  const list = choices.slice(0, 30).join(', ');
  if (!first) return targetError('not-found', `${name} is not in the archive; it holds: ${list}`);
  if (new Set(meant.map((image) => image.config)).size === 1) return ok(first);
  return targetError(
    'usage',
    `${name} holds several images; add one of these to its path after a colon, or @ and the image id: ${list}`,
  );
}

function isMeant(image: SavedImage, selector: string): boolean {
  if (selector.startsWith('@')) return configDigestInName(image.config) === selector.slice(1);
  return image.tags.some((tag) => tag === selector || sameReference(tag, selector));
}

/** `<hex>.json` of docker save, `sha256:<hex>` of kaniko, `blobs/sha256/<hex>` of newer Docker. */
function configDigestInName(name: string): Digest | undefined {
  const hex = /(?:^|\/|sha256:)([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  const digest = hex === undefined ? undefined : parseDigest(`sha256:${hex}`);
  return digest?.ok ? digest.value : undefined;
}

async function readConfig(
  members: Members,
  image: SavedImage,
  { name }: ImageWish,
): Promise<Result<{ configBytes: Uint8Array; configDigest: Digest }, TargetError>> {
  const file = await members.find(image.config);
  if (!file)
    return targetError(
      'invalid',
      `${name}: the image configuration ${image.config.slice(0, 100)} is missing in the archive`,
    );
  const configBytes = await readMember(file, maxConfigBytes);
  if (!configBytes.ok) return configBytes;
  const configDigest = digestOf(configBytes.value);
  const promised = configDigestInName(image.config);
  if (promised === undefined || promised === configDigest) return ok({ configBytes: configBytes.value, configDigest });
  return targetError(
    'invalid',
    `${name}: the image configuration is named ${promised} and is ${configDigest}: it is damaged or was changed`,
  );
}

async function findLayers(
  members: Members,
  image: SavedImage,
  { name }: ImageWish,
): Promise<Result<readonly LocalLayer[], TargetError>> {
  const layers: LocalLayer[] = [];
  for (const layer of image.layers) {
    const file = await members.find(layer);
    if (!file)
      return targetError(
        'invalid',
        `${name}: the layer ${layer.slice(0, 120)} is missing in the archive: it was not written whole`,
      );
    const mediaType = await sniffMediaType(file);
    if (!mediaType.ok) return mediaType;
    layers.push({ content: { kind: 'file', ...file }, mediaType: mediaType.value, size: file.length });
  }
  return ok(layers);
}
