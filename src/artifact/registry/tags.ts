import { ok, type Result } from '#foundation/index.ts';
import type { Digest } from '#model/index.ts';
import { asText, parseJsonObject } from '../image/json.ts';
import { parseReference } from '../reference/reference.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { connectEndpoint, type Endpoint } from './endpoint.ts';
import type { RegistryOptions } from './options.ts';
import { placesFor } from './places.ts';
import { findManifest } from './registry-store.ts';
import { ask } from './requests.ts';

export interface TagsRequest {
  /** Reference of an image; of its repository all tags are listed. */
  readonly name: string;
  readonly registries: RegistryOptions;
  readonly signal: AbortSignal;
}

const MAX_PAGES = 50;
const MAX_PAGE_BYTES = 8 * 1024 * 1024;

/** The tags of a repository, as the registry lists them. Bounded: of more than some 50,000 the rest is left out. */
export function listTags(request: TagsRequest): Promise<Result<string[], TargetError>> {
  return atRegistry(request, async (endpoint) => {
    const tags: string[] = [];
    for (let page = 0; page < MAX_PAGES; page++) {
      const last = tags.at(-1);
      const after = last === undefined ? '' : `&last=${encodeURIComponent(last)}`;
      const path = `tags/list?n=1000${after}`;
      const answer = await ask(endpoint, { path, maxBytes: MAX_PAGE_BYTES, signal: request.signal });
      if (!answer.ok) return answer;
      const document = parseJsonObject(answer.value.body);
      if (!document.ok) return targetError('invalid', `${endpoint.host} answers no list of tags`);
      const listed = document.value['tags'];
      const fresh = (Array.isArray(listed) ? listed : [])
        .map((tag) => asText(tag) ?? '')
        .filter((tag) => TAG.test(tag));
      tags.push(...fresh);
      // Registries that know no pages answer everything, and mark further pages by a link.
      if (fresh.length === 0 || answer.value.headers['link'] === undefined) break;
    }
    return ok([...new Set(tags)]);
  });
}

const TAG = /^\w[\w.-]{0,127}$/;

/** The digest that a tag stands for now: of the index where there is one. */
export function digestOfTag(request: TagsRequest): Promise<Result<Digest, TargetError>> {
  const reference = parseReference(request.name);
  const tag = reference.ok ? reference.value.tag : undefined;
  return atRegistry(request, async (endpoint) => {
    const found = await findManifest(endpoint, tag === undefined ? {} : { tag }, request.signal);
    return found.ok ? ok(found.value.descriptor.digest) : found;
  });
}

async function atRegistry<T>(
  { name, registries, signal }: TagsRequest,
  question: (endpoint: Endpoint) => Promise<Result<T, TargetError>>,
): Promise<Result<T, TargetError>> {
  const reference = parseReference(name);
  if (!reference.ok) return targetError('usage', reference.error);
  const places = await placesFor(reference.value, registries);
  if (!places.ok) return places;
  let answer: Result<T, TargetError> = targetError('not-found', `${name}: nowhere to ask`);
  for (const place of places.value) {
    const endpoint = await connectEndpoint(place, registries, signal);
    if (!endpoint.ok) {
      answer = endpoint;
      continue;
    }
    try {
      answer = await question(endpoint.value);
    } finally {
      endpoint.value.client.close();
    }
    if (answer.ok) return answer;
  }
  return answer;
}
