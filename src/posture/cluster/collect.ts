import { asList, asMembers, type Members, memberOf, parseJsonText } from '#foundation/documents/index.ts';
import type { HttpResponse } from '#foundation/index.ts';
import { err, ok, type Result } from '#foundation/index.ts';
import { type Known, known, missing } from '../known.ts';
import type { ClusterAccess } from './access.ts';
import { auditedResources, type ResourceKind } from './resources.ts';
import { type ClusterState, keyOf } from './state.ts';
import { trimmed } from './trim.ts';

/** Objects of a page: enough for few requests, and a page of large ones stays within the bound of a response. */
const PAGE = 250;
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
const MAX_OBJECTS = 200_000;
const MAX_RESTARTS = 3;

export interface CollectClusterOptions {
  /** ISO 8601. */
  readonly now: string;
  readonly signal: AbortSignal;
  /** Told before each kind is listed. */
  progress?(kind: ResourceKind, done: number, of: number): void;
}

/**
 * Lists all that the audit asks about. Read only. What the server refuses is missing with its reason; a server that cannot be reached at
 * all is an error.
 */
export async function collectCluster(
  access: ClusterAccess,
  { now, signal, progress }: CollectClusterOptions,
): Promise<Result<ClusterState>> {
  const version = await versionOf(access, signal);
  if (!version.ok) return version;
  const objects = new Map<string, Known<readonly Members[]>>();
  for (const [index, kind] of auditedResources.entries()) {
    signal.throwIfAborted();
    progress?.(kind, index, auditedResources.length);
    objects.set(keyOf(kind), await listAll(access, kind, signal));
  }
  return ok({ schema: 'plimsoll.cluster.v1', collectedAt: now, name: access.name, version: version.value, objects });
}

async function versionOf(access: ClusterAccess, signal: AbortSignal): Promise<Result<Known<string>>> {
  const answer = await access.client.request(new URL('/version', access.server), { ...headersOf(access), signal });
  if (!answer.ok) return err(`the API server cannot be asked: ${answer.error.message}`);
  if (answer.value.status === 401)
    return err(`the API server at ${access.server} does not accept these credentials (401)`);
  const json = parseJsonText(answer.value.body.toString('utf8'));
  const version = json.ok ? memberOf(json.value, 'gitVersion') : undefined;
  if (typeof version === 'string') return ok(known(version.slice(0, 100)));
  return ok(missing(`the API server did not tell its version (${answer.value.status})`));
}

async function listAll(
  access: ClusterAccess,
  kind: ResourceKind,
  signal: AbortSignal,
): Promise<Known<readonly Members[]>> {
  const objects: Members[] = [];
  let next = '';
  for (let restarts = 0; ; ) {
    const page = await readPage(access, kind, next, signal);
    if ('expired' in page && restarts < MAX_RESTARTS) {
      // The server forgot where the list was: it changed too much. It is read anew, as two halves of two lists are none.
      restarts++;
      objects.length = 0;
      next = '';
      continue;
    }
    if ('expired' in page) return missing(`${keyOf(kind)}: the list changed faster than it could be read`);
    if ('missing' in page) return page;
    for (const item of page.items) objects.push(trimmed(item, kind));
    if (objects.length > MAX_OBJECTS) return missing(`${keyOf(kind)}: there are more than ${MAX_OBJECTS}`);
    if (page.next === '') return known(objects);
    next = page.next;
  }
}

type Page =
  | { readonly items: readonly Members[]; readonly next: string }
  | { readonly expired: true }
  | { readonly missing: string };

async function readPage(access: ClusterAccess, kind: ResourceKind, from: string, signal: AbortSignal): Promise<Page> {
  const url = new URL(pathOf(kind), access.server);
  url.searchParams.set('limit', String(PAGE));
  if (from !== '') url.searchParams.set('continue', from);
  const answer = await access.client.request(url, { ...headersOf(access, kind), signal, maxBytes: MAX_PAGE_BYTES });
  if (!answer.ok) return missing(`${keyOf(kind)}: ${answer.error.message}`);
  return pageOf(answer.value, kind);
}

function pageOf({ status, body }: HttpResponse, kind: ResourceKind): Page {
  const key = keyOf(kind);
  if (status === 410) return { expired: true };
  // An API that is not served has no objects.
  if (status === 404) return { items: [], next: '' };
  if (status === 401 || status === 403)
    return missing(
      `${key}: the API server does not let us list them (${status}); deploy/kubernetes/audit-role.yaml has what is needed`,
    );
  if (status !== 200) return missing(`${key}: the API server answered ${status}`);
  const json = parseJsonText(body.toString('utf8'));
  const items = json.ok ? asList(memberOf(json.value, 'items')) : undefined;
  if (!json.ok || items === undefined) return missing(`${key}: the answer of the API server is no list`);
  const next = memberOf(memberOf(json.value, 'metadata'), 'continue');
  return { items: items.map(asMembers).filter((one) => one !== undefined), next: typeof next === 'string' ? next : '' };
}

function pathOf({ group, version, resource }: ResourceKind): string {
  return group === '' ? `/api/${version}/${resource}` : `/apis/${group}/${version}/${resource}`;
}

const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** There is no fall-back to whole objects: of secrets nothing else is ever asked for. */
function headersOf({ token }: ClusterAccess, kind?: ResourceKind): { readonly headers: Record<string, string> } {
  const accept = kind?.isMetadataOnly ? METADATA_ONLY : 'application/json';
  return { headers: { accept, ...(token && { authorization: `Bearer ${token}` }) } };
}
