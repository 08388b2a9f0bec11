import type { Problem, Result } from '#foundation/index.ts';
import type { ImageArtifact } from '../artifact.ts';
import { createBlobSpool } from '../blob-spool.ts';
import { openImage } from '../image/assemble.ts';
import type { ImageWish } from '../image/resolve.ts';
import { type ImageReference, renderReference } from '../reference/reference.ts';
import type { SpoolDirectory } from '../spool-directory.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { connectEndpoint, type Endpoint } from './endpoint.ts';
import type { RegistryOptions } from './options.ts';
import { type Place, placesFor } from './places.ts';
import { findManifest, registryStore } from './registry-store.ts';

export interface RegistryRequest extends ImageWish {
  readonly reference: ImageReference;
  readonly registries: RegistryOptions;
  readonly spool: SpoolDirectory;
}

/** Opens an image in a registry, by way of its mirrors where there are any. Nothing but documents is fetched yet. */
export async function openRegistryImage(request: RegistryRequest): Promise<Result<ImageArtifact, TargetError>> {
  const places = await placesFor(request.reference, request.registries);
  if (!places.ok) return places;
  const problems: Problem[] = [];
  let failure: Result<never, TargetError> = targetError('not-found', `${request.name}: nowhere to ask`);
  for (const place of places.value) {
    const opened = await openAt(place, request, problems);
    if (opened.ok || opened.error.code === 'aborted') return opened;
    failure = opened;
    if (place.isMirror) problems.push(mirrorSkipped(place.host, opened.error));
  }
  return failure;
}

async function openAt(
  place: Place,
  request: RegistryRequest,
  problems: readonly Problem[],
): Promise<Result<ImageArtifact, TargetError>> {
  const endpoint = await connectEndpoint(place, request.registries, request.signal);
  if (!endpoint.ok) return endpoint;
  const opened = await openFrom(endpoint.value, request, problems);
  if (!opened.ok) endpoint.value.client.close();
  return opened;
}

async function openFrom(
  endpoint: Endpoint,
  request: RegistryRequest,
  problems: readonly Problem[],
): Promise<Result<ImageArtifact, TargetError>> {
  const { reference, spool, signal } = request;
  const root = await findManifest(endpoint, reference, signal);
  if (!root.ok) return root;
  const store = registryStore(endpoint, root.value, createBlobSpool(spool));
  const name = renderReference(reference);
  const origin = {
    scheme: 'registry' as const,
    tags: tagsOf(reference),
    problems: [...problems],
    async close() {
      endpoint.client.close();
      await spool.close();
    },
  };
  return openImage(store, [root.value.descriptor], { ...request, name }, origin);
}

function tagsOf({ registry, repository, tag }: ImageReference): readonly string[] {
  return tag === undefined ? [] : [renderReference({ registry, repository, tag })];
}

function mirrorSkipped(host: string, { message }: TargetError): Problem {
  return {
    code: 'mirror-skipped',
    message: `The mirror ${host} could not serve the image: ${message}`,
    effect: 'note',
    subject: host,
  };
}
