import type { Problem, Result } from '#foundation/index.ts';
import { type Digest, digestAlgorithm, digestHex } from '#model/index.ts';
import { verifyDigest } from '../image/content-store.ts';
import { asObject, asText, parseJsonObject } from '../image/json.ts';
import { type Descriptor, type ManifestDocument, maxManifestBytes, parseManifest } from '../image/manifest.ts';
import { documentKind } from '../image/media-types.ts';
import { parseReference } from '../reference/reference.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { connectEndpoint, type Endpoint } from './endpoint.ts';
import type { RegistryOptions } from './options.ts';
import { placesFor } from './places.ts';
import { listReferrers } from './referrers-list.ts';
import { ask } from './requests.ts';

/** A document that somebody attached to an image in its registry. Digests are verified; who attached it is not known. */
export interface AttachedDocument {
  /** Where it lies: `registry.example.com/app@sha256:…`. */
  readonly name: string;
  /** The image that it hangs on. */
  readonly subject: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What is known of an attachment before it is fetched. */
export interface AttachmentKind {
  /** Media type of the document or of what it is wrapped in, type of the artifact, where they are told. */
  readonly types: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ReferrersRequest {
  /** Reference of the image in its registry. */
  readonly name: string;
  /** The image's manifest, and the index that it was chosen from: things hang on either. */
  readonly digests: readonly Digest[];
  readonly registries: RegistryOptions;
  readonly signal: AbortSignal;
  isWanted(kind: AttachmentKind): boolean;
}

export interface Referrers {
  readonly documents: readonly AttachedDocument[];
  readonly problems: readonly Problem[];
}

const MAX_ARTIFACTS = 64;
const MAX_DOCUMENTS = 128;
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_TOTAL_BYTES = 128 * 1024 * 1024;

/**
 * Fetches what hangs on an image: by the referrers API of OCI 1.1, by the tag that stands for it in older registries, and by the tag
 * that cosign writes attestations under. All bounded. What cannot be had is a problem, and the rest is given.
 */
export async function fetchReferrers(request: ReferrersRequest): Promise<Referrers> {
  const endpoint = await connectAnywhere(request);
  if (!endpoint.ok) return { documents: [], problems: [unavailable(endpoint.error.message, request.name)] };
  const collector = new Collector(endpoint.value, request);
  try {
    for (const digest of new Set(request.digests)) await collector.collect(digest);
    return { documents: collector.documents, problems: collector.problems };
  } finally {
    endpoint.value.client.close();
  }
}

/** The registry itself before its mirrors: those rarely carry what was attached. */
async function connectAnywhere({ name, registries, signal }: ReferrersRequest): Promise<Result<Endpoint, TargetError>> {
  const reference = parseReference(name);
  if (!reference.ok) return targetError('usage', reference.error);
  const places = await placesFor(reference.value, registries);
  if (!places.ok) return places;
  let failure: Result<never, TargetError> = targetError('not-found', `${name}: nowhere to ask`);
  for (const place of places.value.toReversed()) {
    const endpoint = await connectEndpoint(place, registries, signal);
    if (endpoint.ok || endpoint.error.code === 'aborted') return endpoint;
    failure = endpoint;
  }
  return failure;
}

class Collector {
  readonly documents: AttachedDocument[] = [];
  readonly problems: Problem[] = [];
  readonly #endpoint: Endpoint;
  readonly #request: ReferrersRequest;
  #artifacts = 0;
  #bytes = 0;

  constructor(endpoint: Endpoint, request: ReferrersRequest) {
    this.#endpoint = endpoint;
    this.#request = request;
  }

  async collect(subject: Digest): Promise<void> {
    const { signal, name } = this.#request;
    const listed = await listReferrers(this.#endpoint, subject, signal);
    if (!listed.ok) this.#unavailable(listed.error.message, name);
    for (const descriptor of listed.ok ? listed.value : []) {
      if (this.#isWanted(descriptor)) await this.#take(subject, descriptor.digest, descriptor);
    }
    await this.#take(subject, `${digestAlgorithm(subject)}-${digestHex(subject)}.att`);
  }

  /** One artifact with its documents. `where` is a digest, or a tag that need not exist. */
  async #take(subject: Digest, where: string, listed?: Descriptor): Promise<void> {
    if (this.#artifacts >= MAX_ARTIFACTS) return this.#tooMany();
    const manifest = await this.#manifest(subject, where, listed);
    if (!manifest.ok) {
      const isAbsent = listed === undefined && manifest.error.code === 'not-found';
      if (!isAbsent) this.#unavailable(manifest.error.message, where);
      return;
    }
    this.#artifacts += 1;
    for (const layer of manifest.value.layers) {
      if (this.#isWanted(layer, listed)) await this.#document(subject, layer);
    }
  }

  async #manifest(subject: Digest, where: string, listed?: Descriptor): Promise<Result<ManifestDocument, TargetError>> {
    const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
    const { signal } = this.#request;
    const answer = await ask(this.#endpoint, {
      path: `manifests/${where}`,
      headers: { accept },
      maxBytes: maxManifestBytes,
      signal,
    });
    if (!answer.ok) return answer;
    const { body } = answer.value;
    const verified = listed ? verifyDigest(body, listed.digest) : answer;
    if (!verified.ok) return verified;
    const document = parseManifest(body, undefined);
    if (!document.ok) return document;
    if (document.value.kind !== 'manifest')
      return targetError('unsupported', `${where} is an index; only single artifacts are read`);
    const stated = subjectIn(body);
    if (stated === undefined || stated === subject) return { ok: true, value: document.value };
    return targetError('invalid', `${where} says that it belongs to ${stated.slice(0, 100)}`);
  }

  async #document(subject: Digest, { digest, size, mediaType }: Descriptor): Promise<void> {
    if (this.documents.length >= MAX_DOCUMENTS) return this.#tooMany();
    const name = `${this.#endpoint.base.replace(/^https?:\/\//, '').replace('/v2/', '/')}@${digest}`;
    if (size > MAX_BYTES || this.#bytes + size > MAX_TOTAL_BYTES)
      return this.#unavailable(`it is said to have ${size} bytes, which is too much`, name);
    const { signal } = this.#request;
    const answer = await ask(this.#endpoint, { path: `blobs/${digest}`, maxBytes: size + 1, signal });
    const bytes = answer.ok ? verifyDigest(answer.value.body, digest) : answer;
    if (!bytes.ok) return this.#unavailable(bytes.error.message, name);
    this.#bytes += bytes.value.length;
    this.documents.push({ name, subject, mediaType, bytes: bytes.value });
  }

  /** A layer is wanted by its own type, or because the artifact is one of a wanted type. */
  #isWanted(descriptor: Descriptor, artifact?: Descriptor): boolean {
    const types = [descriptor.artifactType, descriptor.mediaType, artifact?.artifactType].filter(
      (type) => type !== undefined && documentKind(type) === undefined,
    );
    const annotations = { ...artifact?.annotations, ...descriptor.annotations };
    return this.#request.isWanted({ types: types.filter((type) => type !== undefined), annotations });
  }

  #unavailable(reason: string, subject: string): void {
    this.problems.push(unavailable(reason, subject));
  }

  #tooMany(): void {
    this.problems.push(unavailable('more is attached than is read', this.#request.name));
  }
}

function subjectIn(manifest: Uint8Array): string | undefined {
  const document = parseJsonObject(manifest);
  return document.ok ? asText(asObject(document.value['subject'])['digest']) : undefined;
}

function unavailable(reason: string, subject: string): Problem {
  const message = `Something that is attached to the image could not be read: ${reason}`;
  return { code: 'referrers-unavailable', message: message.slice(0, 1000), effect: 'degraded', subject };
}
