import { Agent as HttpAgent, type IncomingMessage, type RequestOptions as NodeRequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../result.ts';
import { readBody } from './body.ts';
import { type Download, type DownloadOptions, downloadFile } from './download.ts';
import { type ExchangeTimeouts, exchange } from './exchange.ts';
import { describeFailure, type HttpError, HttpFailure, httpError } from './http-error.ts';
import {
  isRedirect,
  keepCredentialsAtOrigin,
  maxRedirects,
  type RedirectHook,
  type RequestHeaders,
  redirectTarget,
} from './redirect.ts';
import {
  defaultRetryPolicy,
  isRetryableCode,
  isRetryableStatus,
  parseRetryAfterMs,
  type RetryPolicy,
  retryDelayMs,
} from './retry.ts';
import { buildSecureContext, type TrustOptions } from './trust.ts';

export interface HttpClientOptions extends TrustOptions {
  readonly userAgent: string;
  /** Accepts any certificate. Only ever by the user's own word. */
  readonly insecure?: boolean;
  /** Talk to a service on a Unix socket; the host in addresses is then only a name. No proxy is used. */
  readonly socketPath?: string;
  readonly timeouts?: Partial<ExchangeTimeouts>;
  readonly retries?: Partial<RetryPolicy>;
  /** Where `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are read; `process.env` by default. Needs Node 24.5. */
  readonly proxyEnvironment?: Readonly<Record<string, string | undefined>>;
}

export interface HttpCallOptions {
  readonly headers?: RequestHeaders;
  readonly signal?: AbortSignal;
  /** Bound of the whole call: retries, redirects and body. 2 minutes for `request`, 1 hour otherwise. */
  readonly totalMs?: number;
  /** See `keepCredentialsAtOrigin`, the default. */
  readonly onRedirect?: RedirectHook;
}

export interface HttpRequestOptions extends HttpCallOptions {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly body?: string | Uint8Array;
  /** Larger bodies are an error, found before they are read where the server states the length. 16 MiB by default. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: RequestHeaders;
  /** The address that answered, after redirects. */
  readonly url: URL;
  readonly body: Buffer;
}

/** A response whose body has not been read yet. Read `body` to its end or call `discard`. */
export interface HttpStream extends Omit<HttpResponse, 'body'> {
  /** Throws `HttpFailure` when the server stalls or cuts the connection. */
  readonly body: AsyncIterable<Buffer>;
  discard(): void;
}

/**
 * A small HTTP client for hostile servers: every wait is bounded, redirects never carry credentials to another origin or
 * lead from https to http, and failures are values. GET and HEAD are tried again with growing pauses on 429, 5xx, cut
 * connections and stalls. Content codings are not decoded: what arrives is what digests are about.
 */
export interface HttpClient {
  /** The whole body in memory. Any status is a success here; look at it. */
  request(url: string | URL, options?: HttpRequestOptions): Promise<Result<HttpResponse, HttpError>>;
  /** The body as it comes. Retries end with the head of the response. Any status is a success here. */
  stream(url: string | URL, options?: HttpCallOptions): Promise<Result<HttpStream, HttpError>>;
  /** The body into a file: resumed, digest-checked and renamed into place only when whole. */
  download(
    url: string | URL,
    filePath: string,
    options?: HttpCallOptions & DownloadOptions,
  ): Promise<Result<Download, HttpError>>;
  /** Closes kept connections. */
  close(): void;
}

/** What all calls of one client share. */
interface ClientContext {
  readonly userAgent: string;
  readonly timeouts: ExchangeTimeouts;
  readonly retryPolicy: RetryPolicy;
  transportFor(url: URL): Pick<NodeRequestOptions, 'agent' | 'socketPath'>;
}

/** One call: where to, with what, until when. */
interface Call {
  readonly url: URL;
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly onRedirect: RedirectHook;
}

const MINUTE_MS = 60_000;
const DEFAULT_TIMEOUTS: ExchangeTimeouts = { connectMs: 15_000, idleMs: 30_000 };
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agents = createAgents(options);
  const context: ClientContext = {
    userAgent: options.userAgent,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    retryPolicy: { ...defaultRetryPolicy, ...options.retries },
    transportFor: agents.transportFor,
  };
  return {
    request: (url, call = {}) => request(context, url, call),
    stream: (url, call = {}) => stream(context, url, call),
    download: (url, filePath, call = {}) => download(context, url, filePath, call),
    close: agents.close,
  };
}

function createAgents(options: HttpClientOptions): Pick<ClientContext, 'transportFor'> & { close(): void } {
  const { socketPath } = options;
  if (socketPath !== undefined) return { transportFor: () => ({ socketPath, agent: false }), close: () => undefined };
  const common = { keepAlive: true, proxyEnv: { ...(options.proxyEnvironment ?? process.env) } };
  const plain = new HttpAgent(common);
  let secure: HttpsAgent | undefined;
  const openSecure = () =>
    new HttpsAgent({
      ...common,
      secureContext: buildSecureContext(options),
      rejectUnauthorized: options.insecure !== true,
    });
  return {
    transportFor(url) {
      if (url.protocol !== 'https:') return { agent: plain };
      secure ??= openSecure();
      return { agent: secure };
    },
    close() {
      plain.destroy();
      secure?.destroy();
    },
  };
}

async function request(
  context: ClientContext,
  address: string | URL,
  options: HttpRequestOptions,
): Promise<Result<HttpResponse, HttpError>> {
  const call = prepareCall(context, address, options, 2 * MINUTE_MS);
  if (!call.ok) return call;
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  return withRetries(context, call.value, async () => {
    const opened = await openFollowingRedirects(context, call.value);
    return opened.ok ? collect(opened.value, call.value.method, maxBytes) : opened;
  });
}

async function stream(
  context: ClientContext,
  address: string | URL,
  options: HttpCallOptions,
): Promise<Result<HttpStream, HttpError>> {
  const call = prepareCall(context, address, options, 60 * MINUTE_MS);
  if (!call.ok) return call;
  return withRetries(
    context,
    call.value,
    () => openFollowingRedirects(context, call.value),
    (given) => given.discard(),
  );
}

async function download(
  context: ClientContext,
  address: string | URL,
  filePath: string,
  options: HttpCallOptions & DownloadOptions,
): Promise<Result<Download, HttpError>> {
  const call = prepareCall(context, address, options, 60 * MINUTE_MS);
  if (!call.ok) return call;
  const { url, signal, headers } = call.value;
  const open = (more: RequestHeaders) =>
    openFollowingRedirects(context, { ...call.value, headers: { ...headers, ...more } });
  return downloadFile({ url, signal, open, retryPolicy: context.retryPolicy }, filePath, options);
}

function prepareCall(
  context: ClientContext,
  address: string | URL,
  options: HttpRequestOptions,
  defaultTotalMs: number,
): Result<Call, HttpError> {
  const url = URL.parse(String(address));
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return err({ code: 'invalid-url', message: 'the address is not an http or https URL', url: '' });
  }
  const deadline = AbortSignal.timeout(options.totalMs ?? defaultTotalMs);
  return ok({
    url: withoutUserInfo(url),
    method: options.method ?? 'GET',
    headers: {
      'user-agent': context.userAgent,
      'accept-encoding': 'identity',
      ...basicCredentials(url),
      ...lowerCaseNames(options.headers ?? {}),
    },
    ...(options.body !== undefined && { body: options.body }),
    signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
    onRedirect: options.onRedirect ?? keepCredentialsAtOrigin,
  });
}

function lowerCaseNames(headers: RequestHeaders): RequestHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function withoutUserInfo(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  bare.hash = '';
  return bare;
}

function basicCredentials(url: URL): RequestHeaders {
  if (url.username === '' && url.password === '') return {};
  const pair = `${decodePart(url.username)}:${decodePart(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Repeats an idempotent call while its outcome is a passing one. The last outcome is what the caller gets. */
async function withRetries<T extends { readonly status: number; readonly headers: RequestHeaders }>(
  context: ClientContext,
  call: Call,
  attempt: () => Promise<Result<T, HttpError>>,
  discard: (value: T) => void = () => undefined,
): Promise<Result<T, HttpError>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if (call.method === 'POST' || !isPassing(outcome) || call.signal.aborted) return outcome;
    const retryAfter = outcome.ok ? parseRetryAfterMs(outcome.value.headers['retry-after'], Date.now()) : undefined;
    const delayMs = retryDelayMs(context.retryPolicy, tries, retryAfter);
    if (delayMs === undefined) return outcome;
    if (outcome.ok) discard(outcome.value);
    try {
      await sleep(delayMs, undefined, { signal: call.signal });
    } catch (cause) {
      return err(describeFailure(cause, call.url, call.signal));
    }
  }
}

function isPassing(outcome: Result<{ readonly status: number }, HttpError>): boolean {
  return outcome.ok ? isRetryableStatus(outcome.value.status) : isRetryableCode(outcome.error.code);
}

async function openFollowingRedirects(context: ClientContext, call: Call): Promise<Result<HttpStream, HttpError>> {
  let hop: Hop = call;
  for (let hops = 0; ; hops += 1) {
    const { url } = hop;
    const transport = context.transportFor(url);
    const answer = await exchange({ ...hop, signal: call.signal, timeouts: context.timeouts, transport });
    if (!answer.ok) return answer;
    const status = answer.value.statusCode ?? 0;
    const { location } = answer.value.headers;
    if (!isRedirect(status, location)) return ok(toStream(context, call, answer.value, url));
    answer.value.destroy();
    const next =
      hops < maxRedirects ? nextHop(call, hop, status, location) : err(`more than ${maxRedirects} redirects`);
    if (!next.ok) return err(httpError('redirect', url, `${url.host}: not followed: ${next.error}`, { status }));
    hop = next.value;
  }
}

type Hop = Pick<Call, 'url' | 'method' | 'headers' | 'body'>;

function nextHop(call: Call, hop: Hop, status: number, location: string): Result<Hop> {
  const target = redirectTarget(hop.url, location);
  if (!target.ok) return target;
  if (hop.method === 'POST' && status !== 303) return err('it asks to repeat a POST at another address');
  const headers = call.onRedirect(hop.url, target.value, hop.headers);
  return ok({ url: target.value, method: hop.method === 'POST' ? 'GET' : hop.method, headers });
}

function toStream(context: ClientContext, call: Call, incoming: IncomingMessage, url: URL): HttpStream {
  return {
    status: incoming.statusCode ?? 0,
    headers: joinHeaders(incoming.headers),
    url,
    body: readBody(incoming, { url, signal: call.signal, timeouts: context.timeouts }),
    discard: () => incoming.destroy(),
  };
}

function joinHeaders(headers: NodeJS.Dict<string | string[]>): RequestHeaders {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}

async function collect(from: HttpStream, method: string, maxBytes: number): Promise<Result<HttpResponse, HttpError>> {
  const { status, headers, url } = from;
  const tooLarge = () =>
    err(
      httpError('too-large', url, `${url.host}: the answer is larger than the ${maxBytes} bytes allowed`, { status }),
    );
  // The answer to HEAD states the length of a body that does not come.
  if (method !== 'HEAD' && Number(headers['content-length']) > maxBytes) {
    from.discard();
    return tooLarge();
  }
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of from.body) {
      size += piece.length;
      if (size > maxBytes) return tooLarge();
      pieces.push(piece);
    }
  } catch (cause) {
    if (cause instanceof HttpFailure) return err(cause.error);
    throw cause;
  }
  return ok({ status, headers, url, body: Buffer.concat(pieces, size) });
}
