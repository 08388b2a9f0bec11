import { err, ok, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import type { LayerContent } from '../artifact.ts';
import type { BlobSpool } from '../blob-spool.ts';
import { type ContentStore, digestOf, verifyDigest } from '../image/content-store.ts';
import { asText, parseJsonObject } from '../image/json.ts';
import { type Descriptor, maxManifestBytes } from '../image/manifest.ts';
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
  if (!mediaType.ok)
    return targetError('invalid', `${endpoint.host} answers ${mediaType.error} for ${path}; that is no image`);
  const stated = wanted.digest ?? headers['docker-content-digest'];
  const digest = wanted.digest ?? digestOf(body);
  if (wanted.digest) {
    const verified = verifyDigest(body, wanted.digest);
    if (!verified.ok) return verified;
  } else if (stated?.startsWith('sha256:') && stated !== digest) {
    return targetError(
      'invalid',
      `${endpoint.host} says that ${path} is ${stated.slice(0, 100)} but sends ${digest}: something on the way changed it`,
    );
  }
  const descriptor = { mediaType: mediaType.value, digest, size: body.length, annotations: {}, urls: [] };
  return ok({ descriptor, bytes: body });
}

/** Types that say nothing; the document's own word counts then. */
const VAGUE_TYPES = new Set(['', 'application/json', 'application/octet-stream', 'text/plain']);

function manifestType(contentType: string | undefined, body: Uint8Array): Result<string> {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!VAGUE_TYPES.has(type)) {
    return documentKind(type) === undefined ? err(`with content of type ${type.slice(0, 100)}`) : ok(type);
  }
  const document = parseJsonObject(body);
  if (!document.ok) return err('with something that is no JSON');
  const own = asText(document.value['mediaType']);
  if (own !== undefined && documentKind(own) !== undefined) return ok(own);
  return ok(`application/vnd.oci.image.${'manifests' in document.value ? 'index' : 'manifest'}.v1+json`);
}
