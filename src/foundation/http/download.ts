import { rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../result.ts';
import { describeFailure, errorCode, type HttpError, HttpFailure, httpError } from './http-error.ts';
import {
  appendToPartial,
  openPartial,
  type PartialFile,
  rememberVersion,
  removePartial,
  restartPartial,
} from './partial-file.ts';
import type { RequestHeaders } from './redirect.ts';
import { isRetryableCode, isRetryableStatus, parseRetryAfterMs, type RetryPolicy, retryDelayMs } from './retry.ts';

export interface DownloadOptions {
  /** `sha256:<hex>` or `sha512:<hex>` of the whole file. Content that differs is deleted and an error. */
  readonly digest?: string;
  /** 8 GiB by default. */
  readonly maxBytes?: number;
  /** False for files that need not outlive a crash of the machine: waiting for the disk takes time. */
  readonly durable?: boolean;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Where the server told. */
  readonly totalBytes?: number;
}

export interface Download {
  readonly path: string;
  /** True when a conditional request was answered with 304: the file at `path` was left as it is. */
  readonly notModified: boolean;
  readonly bytes: number;
  /** Digest of the whole file, by the algorithm of the asked digest or sha256. Absent when not modified. */
  readonly digest?: string;
  /** Bytes that were here already from an earlier, interrupted call. */
  readonly resumedBytes: number;
  readonly headers: RequestHeaders;
}

/** How a download talks to its server; redirects are already followed. */
export interface DownloadSource {
  readonly url: URL;
  readonly retryPolicy: RetryPolicy;
  readonly signal: AbortSignal;
  open(headers: RequestHeaders): Promise<Result<DownloadAnswer, HttpError>>;
}

export interface DownloadAnswer {
  readonly status: number;
  readonly headers: RequestHeaders;
  readonly url: URL;
  readonly body: AsyncIterable<Buffer>;
  discard(): void;
}

const DEFAULT_MAX_BYTES = 8 * 1024 ** 3;

/**
 * Brings a file here by way of `<filePath>.partial`, which an interrupted call leaves behind and the next one continues:
 * by `Range` with `If-Range`, or freely when a digest will judge the whole. One writer per path: callers that share a
 * directory between processes hold a lock or use names of their own.
 */
export async function downloadFile(
  source: DownloadSource,
  filePath: string,
  options: DownloadOptions,
): Promise<Result<Download, HttpError>> {
  const first = await downloadOnce(source, filePath, options);
  // What an earlier call left behind may have been broken; a second try starts from nothing.
  const retry = !first.result.ok && first.result.error.code === 'digest-mismatch' && first.resumed;
  return retry ? (await downloadOnce(source, filePath, options)).result : first.result;
}

async function downloadOnce(
  source: DownloadSource,
  filePath: string,
  options: DownloadOptions,
): Promise<{ readonly result: Result<Download, HttpError>; readonly resumed: boolean }> {
  let partial: PartialFile | undefined;
  try {
    partial = await openPartial(filePath, source.url, { ...options, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES });
    const result = await fillAndFinish(source, partial, filePath, options);
    return { result, resumed: partial.resumedBytes > 0 };
  } catch (cause) {
    return { result: err(diskError(cause, source)), resumed: false };
  } finally {
    await partial?.handle.close();
  }
}

async function fillAndFinish(
  source: DownloadSource,
  partial: PartialFile,
  filePath: string,
  options: DownloadOptions,
): Promise<Result<Download, HttpError>> {
  const filled = await fill(source, partial, options);
  const worthless = filled.ok ? filled.value.notModified : partial.size === 0 || filled.error.code === 'too-large';
  if (worthless) await removePartial(partial);
  if (!filled.ok) return filled;
  const { headers } = filled.value;
  if (filled.value.notModified) return ok({ path: filePath, notModified: true, bytes: 0, resumedBytes: 0, headers });
  return finish(source, partial, filePath, headers, options);
}

type Filled = { readonly notModified: boolean; readonly headers: RequestHeaders };

/** Asks, appends, and asks again for the rest until all is here. Only tries that brought nothing count towards the limit. */
async function fill(
  source: DownloadSource,
  partial: PartialFile,
  options: DownloadOptions,
): Promise<Result<Filled, HttpError>> {
  let furthest = partial.size;
  for (let fruitless = 1; ; fruitless += 1) {
    const outcome = await fillOnce(source, partial, options);
    if (outcome.ok) return outcome;
    if (!isWorthRetrying(outcome.error) || source.signal.aborted) return outcome;
    if (partial.size > furthest) fruitless = 1;
    furthest = Math.max(furthest, partial.size);
    const delayMs = retryDelayMs(source.retryPolicy, fruitless, outcome.error.retryAfterMs);
    if (delayMs === undefined) return outcome;
    try {
      await sleep(delayMs, undefined, { signal: source.signal });
    } catch (cause) {
      return err(describeFailure(cause, source.url, source.signal));
    }
  }
}

function isWorthRetrying(error: HttpError): boolean {
  return error.code === 'status' ? isRetryableStatus(error.status ?? 0) : isRetryableCode(error.code);
}

async function fillOnce(
  source: DownloadSource,
  partial: PartialFile,
  options: DownloadOptions,
): Promise<Result<Filled, HttpError>> {
  const answer = await source.open(rangeHeaders(partial));
  if (!answer.ok) return answer;
  const { status, headers } = answer.value;
  const placed = await placeAnswer(source, answer.value, partial);
  if (placed === 'not-modified' || placed === 'refused') {
    answer.value.discard();
    return placed === 'refused' ? err(statusError(answer.value)) : ok({ notModified: true, headers });
  }
  if (placed === 'restart') {
    answer.value.discard();
    return err(
      httpError('reset', source.url, `${source.url.host}: the rest of the file was not to be had`, { status }),
    );
  }
  return append(answer.value, partial, options);
}

function rangeHeaders(partial: PartialFile): RequestHeaders {
  if (partial.size === 0) return {};
  return { range: `bytes=${partial.size}-`, ...(partial.validator && { 'if-range': partial.validator }) };
}

/** Decides where the answer's body belongs and makes room for it. `restart` means: ask again from the beginning. */
async function placeAnswer(
  source: DownloadSource,
  answer: DownloadAnswer,
  partial: PartialFile,
): Promise<'append' | 'restart' | 'refused' | 'not-modified'> {
  const { status, headers } = answer;
  if (status === 304) return 'not-modified';
  if (status === 206 && parseContentRange(headers['content-range']).start === partial.size) return 'append';
  if (partial.size > 0 && (status === 206 || status === 416)) {
    await restartPartial(partial);
    return 'restart';
  }
  if (status !== 200) return 'refused';
  await restartPartial(partial);
  await rememberVersion(partial, source.url, headers);
  return 'append';
}

/** `bytes 100-199/500`: where the part begins and how long the whole is, the latter `*` when the server does not know. */
function parseContentRange(header: string | undefined): { readonly start?: number; readonly whole?: number } {
  const [, start, whole] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(header ?? '') ?? [];
  return {
    ...(start !== undefined && { start: Number(start) }),
    ...(whole !== undefined && whole !== '*' && { whole: Number(whole) }),
  };
}

async function append(
  answer: DownloadAnswer,
  partial: PartialFile,
  options: DownloadOptions,
): Promise<Result<Filled, HttpError>> {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  const totalBytes = Number.isNaN(length) ? undefined : partial.size + length;
  if (totalBytes !== undefined && totalBytes > maxBytes) {
    answer.discard();
    return err(tooLarge(answer.url, maxBytes));
  }
  try {
    for await (const piece of answer.body) {
      if (partial.size + piece.length > maxBytes) return err(tooLarge(answer.url, maxBytes));
      await appendToPartial(partial, piece);
      options.onProgress?.({ receivedBytes: partial.size, ...(totalBytes !== undefined && { totalBytes }) });
    }
  } catch (cause) {
    if (cause instanceof HttpFailure) return err(cause.error);
    throw cause;
  }
  const { whole = partial.size } = parseContentRange(answer.headers['content-range']);
  if (partial.size < whole) return err(httpError('reset', answer.url, `${answer.url.host}: sent less than there is`));
  return ok({ notModified: false, headers: answer.headers });
}

async function finish(
  source: DownloadSource,
  partial: PartialFile,
  filePath: string,
  headers: RequestHeaders,
  options: DownloadOptions,
): Promise<Result<Download, HttpError>> {
  const digest = `${partial.algorithm}:${partial.hash.digest('hex')}`;
  if (options.digest !== undefined && options.digest !== digest) {
    await removePartial(partial);
    const message = `${source.url.host}: the content has another digest than asked for (wanted ${options.digest}, got ${digest}); it was thrown away`;
    return err(httpError('digest-mismatch', source.url, message));
  }
  if (options.durable !== false) await partial.handle.datasync();
  await rename(partial.path, filePath);
  await rm(partial.versionPath, { force: true });
  return ok({
    path: filePath,
    notModified: false,
    bytes: partial.size,
    digest,
    resumedBytes: partial.resumedBytes,
    headers,
  });
}

function tooLarge(url: URL, maxBytes: number): HttpError {
  return httpError('too-large', url, `${url.host}: the file is larger than the ${maxBytes} bytes allowed`);
}

function statusError(answer: DownloadAnswer): HttpError {
  const { status, url, headers } = answer;
  const retryAfterMs = parseRetryAfterMs(headers['retry-after'], Date.now());
  const wait = retryAfterMs === undefined ? '' : `; it asks to wait ${Math.ceil(retryAfterMs / 1000)} seconds`;
  const message = `${url.host}: answered ${status} for ${url.pathname.slice(0, 200)}${wait}`;
  return httpError('status', url, message, { status, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

function diskError(cause: unknown, source: DownloadSource): HttpError {
  const code = errorCode(cause);
  if (code === '') throw cause;
  const words = code === 'ENOSPC' ? 'no space is left on the disk' : `the file cannot be written (${code})`;
  return httpError('disk', source.url, `while downloading from ${source.url.host}: ${words}`);
}
