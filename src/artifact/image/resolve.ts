import { ok, type Problem, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { Platform } from '../artifact.ts';
import { hostPlatform, renderPlatform, suitability } from '../platform/platform.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { type ContentStore, readVerified } from './content-store.ts';
import {
  type Descriptor,
  type IndexDocument,
  type ManifestDocument,
  maxManifestBytes,
  parseManifest,
} from './manifest.ts';
import { documentKind } from './media-types.ts';

/** Which image to take from an index. */
export interface ImageWish {
  /** What the user asked for; this machine's platform otherwise. */
  readonly platform?: Platform;
  /** How the user names the target, for messages. */
  readonly name: string;
  readonly signal: AbortSignal;
}

export interface ResolvedManifest {
  readonly descriptor: Descriptor;
  readonly manifest: ManifestDocument;
  readonly indexDigest?: Digest;
  readonly problems: readonly Problem[];
}

/** Nested indexes deeper than this, or more of them than that, are made to tire readers. Real ones have a depth of 2. */
const MAX_DEPTH = 4;
const MAX_INDEXES = 64;

/** Follows indexes down to the manifest of the wanted platform. */
export async function resolveManifest(
  store: ContentStore,
  root: Descriptor,
  wish: ImageWish,
): Promise<Result<ResolvedManifest, TargetError>> {
  const document = await readDocument(store, root, wish);
  if (!document.ok) return document;
  if (document.value.kind === 'manifest') return ok({ descriptor: root, manifest: document.value, problems: [] });
  const chosen = await resolveAmong(store, document.value.manifests, wish);
  return chosen.ok ? ok({ ...chosen.value, indexDigest: root.digest }) : chosen;
}

/** The same for a list of descriptors that belong to one name. */
export async function resolveAmong(
  store: ContentStore,
  manifests: readonly Descriptor[],
  wish: ImageWish,
): Promise<Result<ResolvedManifest, TargetError>> {
  const offered = await collectImages(store, manifests, wish);
  if (!offered.ok) return offered;
  const chosen = choosePlatform(offered.value, wish);
  if (!chosen.ok) return chosen;
  const manifest = await readDocument(store, chosen.value.descriptor, wish);
  if (!manifest.ok) return manifest;
  if (manifest.value.kind === 'manifest') return ok({ ...chosen.value, manifest: manifest.value });
  return targetError(
    'invalid',
    `${wish.name}: ${chosen.value.descriptor.digest} is announced as manifest and is an index`,
  );
}

async function readDocument(
  store: ContentStore,
  descriptor: Descriptor,
  wish: ImageWish,
): Promise<Result<ManifestDocument | IndexDocument, TargetError>> {
  const bytes = await readVerified(store, descriptor, maxManifestBytes, wish.signal);
  if (!bytes.ok) return bytes;
  const document = parseManifest(bytes.value, descriptor.mediaType);
  return document.ok
    ? document
    : targetError(document.error.code, `${wish.name}: ${descriptor.digest}: ${document.error.message}`);
}

/** All image manifests of an index and of the indexes in it. */
async function collectImages(
  store: ContentStore,
  manifests: readonly Descriptor[],
  wish: ImageWish,
): Promise<Result<readonly Descriptor[], TargetError>> {
  const images: Descriptor[] = [];
  let level = manifests.filter(isImage);
  let read = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    const below: Descriptor[] = [];
    for (const descriptor of level) {
      if (documentKind(descriptor.mediaType) !== 'index') {
        images.push(descriptor);
        continue;
      }
      read += 1;
      if (depth >= MAX_DEPTH || read > MAX_INDEXES) {
        return targetError(
          'invalid',
          `${wish.name}: indexes are nested deeper than ${MAX_DEPTH} or more than ${MAX_INDEXES} in number`,
        );
      }
      const nested = await readDocument(store, descriptor, wish);
      if (!nested.ok) return nested;
      if (nested.value.kind === 'index') below.push(...nested.value.manifests.filter(isImage));
    }
    level = below;
  }
  return ok(images);
}

/** Build attestations, signatures and other artifacts travel in indexes beside the images. */
export function isImage(descriptor: Descriptor): boolean {
  if (documentKind(descriptor.mediaType) === undefined || descriptor.artifactType !== undefined) return false;
  if (descriptor.annotations['vnd.docker.reference.type'] !== undefined) return false;
  return descriptor.platform?.architecture !== 'unknown' || descriptor.platform.os !== 'unknown';
}

type Choice = { readonly descriptor: Descriptor; readonly problems: readonly Problem[] };

/** A lone image is taken whatever it was built for, unless a platform was asked for by name. */
function choosePlatform(offered: readonly Descriptor[], wish: ImageWish): Result<Choice, TargetError> {
  const wanted = wish.platform ?? hostPlatform();
  const unique = [...new Map(offered.map((descriptor) => [descriptor.digest, descriptor])).values()];
  const suited = unique
    .map((descriptor) => ({ descriptor, gap: descriptor.platform && suitability(descriptor.platform, wanted) }))
    .filter((candidate): candidate is { descriptor: Descriptor; gap: number } => candidate.gap !== undefined)
    .sort((a, b) => a.gap - b.gap);
  const [best] = suited;
  if (best) return ok({ descriptor: best.descriptor, problems: [] });
  const [only] = unique;
  if (only && unique.length === 1 && (wish.platform === undefined || only.platform === undefined)) {
    return ok({ descriptor: only, problems: foreignPlatform(only, wanted) });
  }
  if (!only) return targetError('unsupported', `${wish.name} holds no image, only attestations or other artifacts`);
  const choices = new Set(unique.map(({ platform, digest }) => (platform ? renderPlatform(platform) : digest)));
  const list = [...choices].slice(0, 30).join(', ');
  return targetError(
    'not-found',
    `${wish.name} has no image for ${renderPlatform(wanted)}; choose one with --platform (or by digest): ${list}`,
  );
}

function foreignPlatform({ platform }: Descriptor, wanted: Platform): readonly Problem[] {
  if (!platform) return [];
  const message = `The only image is for ${renderPlatform(platform)}, not for ${renderPlatform(wanted)}; it was taken.`;
  return [{ code: 'platform-only-one', message, effect: 'note' }];
}
