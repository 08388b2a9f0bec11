import { createHash, type Hash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open as openFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '../result.ts';
import { describeFailure, errorCode, type HttpError, HttpFailure, httpError } from './http-error.ts';
import type { RequestHeaders } from './redirect.ts';
import { isRetryableCode, isRetryableStatus, parseRetryAfterMs, type RetryPolicy, retryDelayMs } from './retry.ts';

export interface DownloadOptions {
  /** `sha256:<hex>` or `sha512:<hex>` of the whole file. Content that differs is deleted and an error. */
  readonly digest?: string;
  /** 8 GiB by default. */
  readonly maxBytes?: number;
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
  let partial: Partial | undefined;
  try {
    partial = await openPartial(source, filePath, options);
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
  partial: Partial,
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

/** The unfinished file: what is in it is hashed, and `validator` tells which version of the resource it belongs to. */
interface Partial {
  readonly path: string;
  readonly versionPath: string;
  readonly handle: FileHandle;
  readonly algorithm: string;
  readonly resumedBytes: number;
  hash: Hash;
  size: number;
  validator: string | undefined;
}

async function openPartial(source: DownloadSource, filePath: string, options: DownloadOptions): Promise<Partial> {
  const path = `${filePath}.partial`;
  const versionPath = `${filePath}.partial-version`;
  const algorithm = options.digest?.startsWith('sha512:') ? 'sha512' : 'sha256';
  // O_NOFOLLOW: a link planted at the predictable name must not lead our write elsewhere.
  const handle = await openFile(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const stats = await handle.stat();
  const validator = parseVersion(await readFile(versionPath, 'utf8').catch(() => ''), source);
  const keep = canResume(stats, validator, options);
  const hash = createHash(algorithm);
  if (keep) await hashFile(handle, stats.size, hash);
  else await handle.truncate(0);
  const size = keep ? stats.size : 0;
  return {
    path,
    versionPath,
    handle,
    algorithm,
    hash,
    size,
    resumedBytes: size,
    validator: keep ? validator : undefined,
  };
}

function canResume(stats: Stats, validator: string | undefined, options: DownloadOptions): boolean {
  if (!stats.isFile() || stats.size > (options.maxBytes ?? DEFAULT_MAX_BYTES)) return false;
  return options.digest !== undefined || validator !== undefined;
}

/** Which version of which resource the partial file is: a digest of the address (which may hold a secret), then the ETag or date. */
function renderVersion(source: DownloadSource, validator: string): string {
  return `${createHash('sha256').update(source.url.href).digest('hex')}\n${validator}\n`;
}

function parseVersion(text: string, source: DownloadSource): string | undefined {
  const validator = text.split('\n')[1];
  return validator && text === renderVersion(source, validator) ? validator : undefined;
}

async function hashFile(handle: FileHandle, size: number, hash: Hash): Promise<void> {
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (let position = 0; position < size; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

type Filled = { readonly notModified: boolean; readonly headers: RequestHeaders };

/** Asks, appends, and asks again for the rest until all is here. Only tries that brought nothing count towards the limit. */
async function fill(
  source: DownloadSource,
  partial: Partial,
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
  partial: Partial,
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

function rangeHeaders(partial: Partial): RequestHeaders {
  if (partial.size === 0) return {};
  return { range: `bytes=${partial.size}-`, ...(partial.validator && { 'if-range': partial.validator }) };
}

/** Decides where the answer's body belongs and makes room for it. `restart` means: ask again from the beginning. */
async function placeAnswer(
  source: DownloadSource,
  answer: DownloadAnswer,
  partial: Partial,
): Promise<'append' | 'restart' | 'refused' | 'not-modified'> {
  const { status, headers } = answer;
  if (status === 304) return 'not-modified';
  if (status === 206 && contentRangeStart(headers['content-range']) === partial.size) return 'append';
  if (partial.size > 0 && (status === 206 || status === 416)) {
    await restart(partial);
    return 'restart';
  }
  if (status !== 200) return 'refused';
  await restart(partial);
  partial.validator = strongValidator(headers);
  const version = partial.validator === undefined ? '' : renderVersion(source, partial.validator);
  await writeFile(partial.versionPath, version, { mode: 0o600 });
  return 'append';
}

async function restart(partial: Partial): Promise<void> {
  await partial.handle.truncate(0);
  partial.size = 0;
  partial.hash = createHash(partial.algorithm);
  partial.validator = undefined;
}

function contentRangeStart(header: string | undefined): number | undefined {
  const start = /^bytes (\d{1,15})-/.exec(header ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

/** A weak ETag does not promise the same bytes, so it cannot join two halves (RFC 9110, 13.1.5). */
function strongValidator(headers: RequestHeaders): string | undefined {
  const tag = headers['etag'];
  if (tag !== undefined && !tag.startsWith('W/')) return tag;
  return headers['last-modified'];
}

async function append(
  answer: DownloadAnswer,
  partial: Partial,
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
      await writeAll(partial, piece);
      options.onProgress?.({ receivedBytes: partial.size, ...(totalBytes !== undefined && { totalBytes }) });
    }
  } catch (cause) {
    if (cause instanceof HttpFailure) return err(cause.error);
    throw cause;
  }
  return ok({ notModified: false, headers: answer.headers });
}

async function writeAll(partial: Partial, piece: Buffer): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await partial.handle.write(piece, done, piece.length - done, partial.size + done);
    done += bytesWritten;
  }
  partial.hash.update(piece);
  partial.size += piece.length;
}

async function finish(
  source: DownloadSource,
  partial: Partial,
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
  await partial.handle.datasync();
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

async function removePartial(partial: Partial): Promise<void> {
  await rm(partial.path, { force: true });
  await rm(partial.versionPath, { force: true });
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
