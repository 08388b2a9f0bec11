import { ok, type Result } from '#foundation/index.ts';
import { type Digest, digestAlgorithm, digestHex } from '#model/index.ts';
import { type Descriptor, maxManifestBytes, parseManifest } from '../image/manifest.ts';
import { type TargetError, targetError } from '../target-error.ts';
import type { Endpoint } from './endpoint.ts';
import { ask } from './requests.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MAX_PAGES = 8;

/**
 * What hangs on a manifest: asked of the referrers API, and where the registry has none, of the tag `sha256-<hex>` that clients keep
 * up instead. Neither there means that nothing hangs on it.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
 */
export async function listReferrers(
  endpoint: Endpoint,
  digest: Digest,
  signal: AbortSignal,
): Promise<Result<readonly Descriptor[], TargetError>> {
  const listed = await askReferrers(endpoint, digest, signal);
  if (listed.ok || listed.error.code === 'aborted' || listed.error.code === 'denied') return listed;
  const path = `manifests/${digestAlgorithm(digest)}-${digestHex(digest)}`;
  const answer = await ask(endpoint, { path, headers: { accept: INDEX }, maxBytes: maxManifestBytes, signal });
  if (answer.ok) return descriptorsIn(answer.value.body);
  // A registry that does not know the question answers 404, some others 400 or 405; that nothing is attached is the common case.
  return answer.error.code === 'not-found' ? ok([]) : answer;
}

async function askReferrers(
  endpoint: Endpoint,
  digest: Digest,
  signal: AbortSignal,
): Promise<Result<readonly Descriptor[], TargetError>> {
  const found: Descriptor[] = [];
  let query: string | undefined = '';
  for (let page = 0; query !== undefined && page < MAX_PAGES; page++) {
    const path: string = `referrers/${digest}${query}`;
    const answer = await ask(endpoint, { path, headers: { accept: INDEX }, maxBytes: maxManifestBytes, signal });
    if (!answer.ok) return answer;
    const descriptors = descriptorsIn(answer.value.body);
    if (!descriptors.ok) return descriptors;
    found.push(...descriptors.value);
    query = nextQuery(answer.value.headers['link']);
  }
  return ok(found);
}

function descriptorsIn(body: Uint8Array): Result<readonly Descriptor[], TargetError> {
  const document = parseManifest(body, INDEX);
  if (!document.ok) return document;
  return document.value.kind === 'index'
    ? ok(document.value.manifests)
    : targetError('invalid', 'it is no list of referrers');
}

/** Of the address of the next page only the query is used: the rest is known, and must not lead elsewhere. */
function nextQuery(link: string | undefined): string | undefined {
  return /^<[^<>?]{0,2000}(\?[\w.~%!$&'()*+,;=:@/-]{1,2000})>;\s*rel="?next"?/.exec(link ?? '')?.[1];
}
