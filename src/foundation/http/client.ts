import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../result.ts';
import { createAgents } from './agents.ts';
import { type Call, type ClientContext, isReading, prepareCall } from './call.ts';
import type {
  HttpCallOptions,
  HttpClient,
  HttpClientOptions,
  HttpRequestOptions,
  HttpResponse,
  HttpStream,
} from './contract.ts';
import { type Download, type DownloadOptions, downloadFile } from './download.ts';
import type { ExchangeTimeouts } from './exchange.ts';
import { openFollowingRedirects } from './follow.ts';
import { describeFailure, type HttpError, HttpFailure, httpError } from './http-error.ts';
import type { RequestHeaders } from './redirect.ts';
import { defaultRetryPolicy, isRetryableCode, isRetryableStatus, parseRetryAfterMs, retryDelayMs } from './retry.ts';

const MINUTE_MS = 60_000;
const DEFAULT_TIMEOUTS: ExchangeTimeouts = { connectMs: 15_000, idleMs: 30_000 };
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const agents = createAgents(options);
  const context: ClientContext = {
    userAgent: options.userAgent,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    retryPolicy: { ...defaultRetryPolicy, ...options.retries },
    agents,
  };
  return {
    request: (url, call = {}) => request(context, url, call),
    stream: (url, call = {}) => stream(context, url, call),
    download: (url, filePath, call = {}) => download(context, url, filePath, call),
    close: agents.close,
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

/** Repeats an idempotent call while its outcome is a passing one. The last outcome is what the caller gets. */
async function withRetries<T extends { readonly status: number; readonly headers: RequestHeaders }>(
  context: ClientContext,
  call: Call,
  attempt: () => Promise<Result<T, HttpError>>,
  discard: (value: T) => void = () => undefined,
): Promise<Result<T, HttpError>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if (!isReading(call.method) || !isPassing(outcome) || call.signal.aborted) return outcome;
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
