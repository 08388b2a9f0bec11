import { type HttpError, type HttpResponse, ok, type RequestHeaders, type Result } from '#foundation/index.ts';
import { fromHttpError, type TargetError, targetError } from '../target-error.ts';
import { type Endpoint, withNotes } from './endpoint.ts';
import { isWebPage, registryWords, tooManyRequests, webPage } from './refusals.ts';

export interface RepositoryRequest {
  /** Below the repository: `manifests/latest`, `blobs/sha256:…`. */
  readonly path: string;
  readonly headers?: RequestHeaders;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Asks with the login, once more after a 401 with a fresh token, and puts error statuses into words. */
export async function ask(endpoint: Endpoint, request: RepositoryRequest): Promise<Result<HttpResponse, TargetError>> {
  const { signal, maxBytes } = request;
  const send = () =>
    endpoint.client.request(`${endpoint.base}/${request.path}`, {
      signal,
      maxBytes,
      headers: { ...request.headers, ...endpoint.authorizer.headers() },
    });
  let answer = await send();
  if (answer.ok && answer.value.status === 401) {
    const renewed = await endpoint.authorizer.answer(answer.value.headers['www-authenticate'], signal);
    if (!renewed.ok) return withNotes(renewed.error, endpoint.notes);
    answer = await send();
  }
  if (!answer.ok) return fromHttpError(answer.error);
  return answer.value.status === 200 ? answer : refusal(endpoint, answer.value, request.path);
}

/** Brings a blob into a file, verified, with a fresh token after a 401. */
export async function bring(
  endpoint: Endpoint,
  filePath: string,
  blob: { readonly digest: string; readonly size: number },
  signal: AbortSignal,
): Promise<Result<void, TargetError>> {
  const download = () =>
    endpoint.client.download(`${endpoint.base}/blobs/${blob.digest}`, filePath, {
      digest: blob.digest,
      maxBytes: blob.size,
      durable: false,
      headers: endpoint.authorizer.headers(),
      signal,
    });
  let answer = await download();
  if (!answer.ok && answer.error.code === 'status' && answer.error.status === 401) {
    const renewed = await endpoint.authorizer.answer(undefined, signal);
    if (!renewed.ok) return withNotes(renewed.error, endpoint.notes);
    answer = await download();
  }
  if (answer.ok) return ok(undefined);
  return downloadRefusal(answer.error);
}

function downloadRefusal(error: HttpError): { readonly ok: false; readonly error: TargetError } {
  if (error.status === 404) return targetError('not-found', error.message);
  if (error.status === 401 || error.status === 403) return targetError('denied', error.message);
  return fromHttpError(error);
}

function refusal(
  { host, notes }: Endpoint,
  { status, headers, body }: HttpResponse,
  path: string,
): Result<never, TargetError> {
  if (isWebPage(headers)) return targetError('invalid', webPage(host, status));
  const said = registryWords(body);
  if (status === 401 || status === 403) {
    const message = `${host} does not let us read this${said}; it may not exist, or needs a login`;
    return withNotes({ code: 'denied', message }, notes);
  }
  if (status === 404) return targetError('not-found', `${host} does not have ${path.slice(0, 200)}${said}`);
  return targetError('unreachable', status === 429 ? tooManyRequests(host) : `${host} answered ${status}${said}`);
}
