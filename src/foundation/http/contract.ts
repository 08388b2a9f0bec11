import type { Result } from '../result.ts';
import type { Download, DownloadOptions } from './download.ts';
import type { ExchangeTimeouts } from './exchange.ts';
import type { HttpError } from './http-error.ts';
import type { RedirectHook, RequestHeaders } from './redirect.ts';
import type { RetryPolicy } from './retry.ts';
import type { TrustOptions } from './trust.ts';

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
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
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
