import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { err, type HttpClient, ok, type Result } from '#foundation/index.ts';
import type { Feed } from '../advisory-source.ts';
import { locate } from './locate.ts';

/** A document as it was brought, or the word that the one we built from is still the newest. */
export type Fetched =
  | { readonly state: 'unchanged' }
  | {
      readonly state: 'fetched';
      readonly path: string;
      /** The caller removes the file when it is done with it. */
      readonly temporary: boolean;
      readonly origin: string;
      readonly bytes: number;
      readonly modified?: string;
      readonly validator?: string;
    };

export interface FetchOptions {
  /** A directory, or the base URL of one, laid out as `Feed.mirrorPaths` say; the publisher itself when absent. */
  readonly from: string | undefined;
  readonly staging: string;
  /** Opened only when something is to be fetched over the network. */
  readonly http: () => HttpClient;
  readonly signal: AbortSignal | undefined;
  /** What an earlier fetch from the same origin said about its version. */
  readonly known: { readonly origin: string; readonly validator: string } | undefined;
  readonly onProgress: (receivedBytes: number, totalBytes: number | undefined) => void;
}

export async function fetchDocument(feed: Feed, options: FetchOptions): Promise<Result<Fetched>> {
  const { from } = options;
  if (from === undefined) return downloadFromPublisher(feed, options);
  if (/^https?:\/\//.test(from)) return downloadFromMirror(feed, from, options);
  return readMirror(feed, from, options.known);
}

async function downloadFromPublisher(feed: Feed, options: FetchOptions): Promise<Result<Fetched>> {
  if (feed.via === undefined) return download(feed, feed.url, options);
  const address = await locate(feed, options.http(), options.signal);
  return address.ok ? download(feed, address.value, options) : address;
}

/** Names with `*` are for directories; a web server is asked for the plain ones, in order, while it answers 404. */
async function downloadFromMirror(feed: Feed, base: string, options: FetchOptions): Promise<Result<Fetched>> {
  const paths = feed.mirrorPaths.filter((path) => !path.includes('*'));
  let outcome: Result<Fetched> = err(`${feed.title}: a mirror has no place for it`);
  for (const path of paths) {
    const url = new URL(path.split('/').map(encodeURIComponent).join('/'), base.endsWith('/') ? base : `${base}/`);
    outcome = await download(feed, url.href, options);
    if (outcome.ok || !outcome.error.includes('(404)')) return outcome;
  }
  return outcome;
}

/** Packed already; to pack it once more would only cost time. */
const PACKED = /\.(?:zip|gz|xz|zst|bz2)$/;

async function download(feed: Feed, url: string, options: FetchOptions): Promise<Result<Fetched>> {
  const path = join(options.staging, `${feed.source}.${feed.id}.document`);
  const known = options.known?.origin === url ? options.known.validator : undefined;
  const answer = await options.http().download(url, path, {
    maxBytes: feed.maxBytes,
    headers: { ...conditions(known), ...(PACKED.test(url) ? {} : { 'accept-encoding': 'gzip' }) },
    ...(options.signal ? { signal: options.signal } : {}),
    onProgress: ({ receivedBytes, totalBytes }) => options.onProgress(receivedBytes, totalBytes),
  });
  if (!answer.ok) {
    const status = answer.error.status === undefined ? '' : ` (${answer.error.status})`;
    return err(`${feed.title}: ${answer.error.message}${status}`);
  }
  if (answer.value.notModified) return ok({ state: 'unchanged' });
  const { headers, bytes } = answer.value;
  const validator = validatorOf(headers);
  const modified = isoDate(headers['last-modified']);
  return ok({
    state: 'fetched',
    path,
    temporary: true,
    origin: url,
    bytes,
    ...(modified === undefined ? {} : { modified }),
    ...(validator === undefined ? {} : { validator }),
  });
}

/** `etag:…` or `date:…`, so that it goes back in the header that it came from. */
function validatorOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const etag = headers['etag'];
  if (etag !== undefined) return `etag:${etag}`;
  const date = headers['last-modified'];
  return date === undefined ? undefined : `date:${date}`;
}

function conditions(validator: string | undefined): Record<string, string> {
  const value = validator?.slice(validator.indexOf(':') + 1) ?? '';
  // What was stored long ago must not smuggle further headers into the request.
  if (!/^[\x20-\x7e]{1,300}$/.test(value)) return {};
  return validator?.startsWith('etag:') ? { 'if-none-match': value } : { 'if-modified-since': value };
}

function isoDate(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function readMirror(feed: Feed, directory: string, known: FetchOptions['known']): Result<Fetched> {
  for (const pattern of feed.mirrorPaths) {
    const path = newestMatch(directory, pattern);
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (path === undefined || !stat?.isFile()) continue;
    if (stat.size > feed.maxBytes) return err(`${feed.title}: ${path} is larger than ${feed.maxBytes} bytes`);
    const validator = `file:${stat.size}:${stat.mtimeMs}`;
    if (known?.origin === path && known.validator === validator) return ok({ state: 'unchanged' });
    const modified = stat.mtime.toISOString();
    return ok({ state: 'fetched', path, temporary: false, origin: path, bytes: stat.size, modified, validator });
  }
  return err(`${feed.title}: the mirror has no ${feed.mirrorPaths.join(' or ')} (looked in ${directory})`);
}

/** Only file names hold a `*`; dated names sort by their date. */
function newestMatch(directory: string, pattern: string): string | undefined {
  const slash = pattern.lastIndexOf('/');
  const name = pattern.slice(slash + 1);
  const folder = join(directory, pattern.slice(0, Math.max(0, slash)));
  if (!name.includes('*')) return join(folder, name);
  const [prefix = '', suffix = ''] = name.split('*');
  const matches = listFolder(folder).filter((each) => each.startsWith(prefix) && each.endsWith(suffix));
  const newest = matches.sort().at(-1);
  return newest === undefined ? undefined : join(folder, newest);
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

export function removeDocument(fetched: Fetched): void {
  if (fetched.state === 'fetched' && fetched.temporary) rmSync(fetched.path, { force: true });
}
