import { err, ok, type Result } from '#foundation/index.ts';
import { type Digest, parseDigest } from '#model/index.ts';
import type { LayerContent } from '../artifact.ts';
import type { BlobSpool } from '../blob-spool.ts';
import { type ContentStore, digestOf, verifyDigest } from '../image/content-store.ts';
import { type Descriptor, inferMediaType, maxManifestBytes } from '../image/manifest.ts';
import { acceptedManifestTypes, documentKind } from '../image/media-types.ts';
import { LayerUnavailable } from '../layer-unavailable.ts';
import { type TargetError, targetError } from '../target-error.ts';
import type { Endpoint } from './endpoint.ts';
import { ask, bring } from './requests.ts';

/** Larger layers than this are not fetched: the disk would fill before anything was found. */
const MAX_LAYER_BYTES = 64 * 2 ** 30;

/** The blobs of one repository. Everything is asked for by digest, so the answer to a tag is fixed once. */
export function registryStore(endpoint: Endpoint, root: FoundManifest, spool: BlobSpool): ContentStore {
  return {
    async read(descriptor, maxBytes, signal) {
      if (descriptor.digest === root.descriptor.digest) return ok(root.bytes);
      const isManifest = documentKind(descriptor.mediaType) !== undefined;
      const path = `${isManifest ? 'manifests' : 'blobs'}/${descriptor.digest}`;
      const headers = isManifest ? { accept: descriptor.mediaType } : {};
      const answer = await ask(endpoint, { path, headers, maxBytes: Math.min(maxBytes, descriptor.size + 1), signal });
      return answer.ok ? ok(answer.value.body) : answer;
    },
    async layer(descriptor) {
      if (descriptor.size <= MAX_LAYER_BYTES) return ok(remoteLayer(endpoint, spool, descriptor));
      return targetError(
        'invalid',
        `the layer ${descriptor.digest} is said to have ${descriptor.size} bytes; more than ${MAX_LAYER_BYTES} are not fetched`,
      );
    },
  };
}

function remoteLayer(endpoint: Endpoint, spool: BlobSpool, descriptor: Descriptor): LayerContent {
  return {
    kind: 'remote',
    async fetch(signal) {
      const blob = await spool.take(descriptor.digest, (path) => bring(endpoint, path, descriptor, signal));
      if (blob.ok) return blob.value;
      signal.throwIfAborted();
      throw new LayerUnavailable(descriptor.digest, blob.error);
    },
  };
}

export interface FoundManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** The manifest or index that a tag or digest stands for, described by what really came. */
export async function findManifest(
  endpoint: Endpoint,
  wanted: { readonly tag?: string; readonly digest?: Digest },
  signal: AbortSignal,
): Promise<Result<FoundManifest, TargetError>> {
  const path = `manifests/${wanted.digest ?? wanted.tag ?? 'latest'}`;
  const answer = await ask(endpoint, {
    path,
    headers: { accept: acceptedManifestTypes.join(', ') },
    maxBytes: maxManifestBytes,
    signal,
  });
  if (!answer.ok) return answer;
  const { body, headers } = answer.value;
  const mediaType = manifestType(headers['content-type'], body);
  if (!mediaType.ok) {
    return targetError('invalid', `${endpoint.host} answers ${mediaType.error} for ${path}; that is no image`);
  }
  const digest = pinDigest(body, wanted.digest, headers['docker-content-digest']);
  if (!digest.ok) return targetError('invalid', `${endpoint.host}: ${path}: ${digest.error.message}`);
  const descriptor = { mediaType: mediaType.value, digest: digest.value, size: body.length, annotations: {}, urls: [] };
  return ok({ descriptor, bytes: body });
}

/** From here on the digest names the image, whatever the tag is moved to. */
function pinDigest(
  body: Uint8Array,
  wanted: Digest | undefined,
  stated: string | undefined,
): Result<Digest, TargetError> {
  const header = parseDigest(stated ?? '');
  const promised = wanted ?? (header.ok ? header.value : undefined);
  if (promised === undefined) return ok(digestOf(body));
  const verified = verifyDigest(body, promised);
  return verified.ok ? ok(promised) : verified;
}

/** Types that say nothing; the document's own word counts then. */
const VAGUE_TYPES = new Set(['', 'application/json', 'application/octet-stream', 'text/plain']);

function manifestType(contentType: string | undefined, body: Uint8Array): Result<string> {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (documentKind(type) !== undefined) return ok(type);
  if (!VAGUE_TYPES.has(type)) return err(`with content of type ${type.slice(0, 100)}`);
  const inferred = inferMediaType(body);
  return inferred.ok ? inferred : err('with something that is no JSON');
}
