import { ok, type Result } from '#foundation/index.ts';
import { type Digest, digestAlgorithm, digestHex, parseDigest } from '#model/index.ts';
import type { ImageArtifact, TargetScheme } from '../artifact.ts';
import { type ImageOrigin, openImage } from '../image/assemble.ts';
import type { ContentStore } from '../image/content-store.ts';
import { type Descriptor, inferMediaType, maxManifestBytes, parseManifest } from '../image/manifest.ts';
import { type ImageWish, isImage } from '../image/resolve.ts';
import { type Members, readMember } from '../members/members.ts';
import { sameReference } from '../reference/reference.ts';
import { type TargetError, targetError } from '../target-error.ts';

/** OCI image-spec, image-layout.md: `index.json` and `blobs/<algorithm>/<hex>`, in a directory or an archive. */
const INDEX = 'index.json';
const LAYOUT_MARKER = 'oci-layout';
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

export async function isLayout(members: Members): Promise<boolean> {
  return (await members.find(LAYOUT_MARKER)) !== undefined && (await members.find(INDEX)) !== undefined;
}

export interface LayoutRequest extends ImageWish {
  readonly scheme: TargetScheme;
  /** What the user wrote after the path: a tag or name, or `@sha256:…`. */
  readonly selector?: string;
  close(): Promise<void>;
}

export async function openLayout(
  members: Members,
  request: LayoutRequest,
): Promise<Result<ImageArtifact, TargetError>> {
  const listed = await readIndex(members, request);
  if (!listed.ok) return listed;
  const images = listed.value.filter(isImage);
  const unlisted = await findUnlisted(members, images, request.selector);
  const roots = unlisted ? ok([unlisted]) : selectImages(images, request);
  if (!roots.ok) return roots;
  const digests = roots.value.map(({ digest }) => digest);
  const names = images.filter(({ digest }) => digests.includes(digest)).flatMap(namesOf);
  const origin: ImageOrigin = { scheme: request.scheme, tags: [...new Set(names)], close: request.close };
  return openImage(memberStore(members), roots.value, request, origin);
}

async function readIndex(
  members: Members,
  { name }: LayoutRequest,
): Promise<Result<readonly Descriptor[], TargetError>> {
  const file = await members.find(INDEX);
  if (!file) return targetError('invalid', `${name} has no ${INDEX}, so it is no OCI layout`);
  const bytes = await readMember(file, maxManifestBytes);
  if (!bytes.ok) return bytes;
  const index = parseManifest(bytes.value, INDEX_TYPE);
  if (!index.ok) return targetError(index.error.code, `${name}: ${INDEX}: ${index.error.message}`);
  if (index.value.kind === 'index') return ok(index.value.manifests);
  return targetError('invalid', `${name}: ${INDEX} is a manifest and should be an index`);
}

function blobName(digest: Digest): string {
  return `blobs/${digestAlgorithm(digest)}/${digestHex(digest)}`;
}

/** Blobs by digest in the members of a layout. */
export function memberStore(members: Members): ContentStore {
  const find = async ({ digest }: Descriptor) => {
    const file = await members.find(blobName(digest));
    return file ? ok(file) : targetError('not-found', `the blob ${digest} is missing: the image was not copied whole`);
  };
  return {
    async read(descriptor, maxBytes) {
      const file = await find(descriptor);
      return file.ok ? readMember(file.value, maxBytes) : file;
    },
    async layer(descriptor) {
      const file = await find(descriptor);
      if (!file.ok) return file;
      if (file.value.length === descriptor.size) return ok({ kind: 'file', ...file.value });
      return targetError(
        'invalid',
        `the layer ${descriptor.digest} has ${file.value.length} bytes but should have ${descriptor.size}: it is damaged`,
      );
    },
  };
}

/** A digest may also name an image inside an index, which index.json does not list. */
async function findUnlisted(
  members: Members,
  listed: readonly Descriptor[],
  selector: string | undefined,
): Promise<Descriptor | undefined> {
  const digest = selector?.startsWith('@') ? parseDigest(selector.slice(1)) : undefined;
  if (!digest?.ok || listed.some((image) => image.digest === digest.value)) return undefined;
  const file = await members.find(blobName(digest.value));
  const bytes = file && (await readMember(file, maxManifestBytes));
  const mediaType = bytes?.ok ? inferMediaType(bytes.value) : undefined;
  if (!file || !mediaType?.ok) return undefined;
  return { mediaType: mediaType.value, digest: digest.value, size: file.length, annotations: {}, urls: [] };
}

/** The descriptors that the selector means; several when one name has an image for each platform. */
function selectImages(
  images: readonly Descriptor[],
  request: LayoutRequest,
): Result<readonly Descriptor[], TargetError> {
  const { selector, name } = request;
  if (images.length === 0)
    return targetError('unsupported', `${name} holds no image, only attestations or other artifacts`);
  const chosen = selector === undefined ? images : images.filter((image) => isMeant(image, selector));
  const choices = listChoices(images);
  if (chosen.length === 0) return targetError('not-found', `${name} is not in the layout; it holds: ${choices}`);
  // One image may go by several names.
  if (new Set(chosen.map(({ digest }) => digest)).size === 1) return ok(chosen.slice(0, 1));
  const different = new Set(chosen.map((image) => namesOf(image)[0] ?? (image.platform ? '' : image.digest)));
  if (different.size > 1) {
    return targetError(
      'usage',
      `${name} holds several images; add one of these to its path after a colon, or @ and the digest: ${choices}`,
    );
  }
  return ok(chosen);
}

function isMeant(image: Descriptor, selector: string): boolean {
  if (selector.startsWith('@')) return image.digest === selector.slice(1);
  return namesOf(image).some((name) => name === selector || sameReference(name, selector));
}

/** The full name that containerd writes first, then the tag that the specification has a place for. */
function namesOf({ annotations }: Descriptor): string[] {
  const names = [annotations['io.containerd.image.name'], annotations['org.opencontainers.image.ref.name']];
  return names.flatMap((name) => (name ? [name.slice(0, 300)] : []));
}

function listChoices(images: readonly Descriptor[]): string {
  const choices = images.map((image) => namesOf(image)[0] ?? `@${image.digest}`);
  const shown = [...new Set(choices)].slice(0, 30);
  return shown.join(', ') + (choices.length > shown.length && shown.length === 30 ? ', …' : '');
}
