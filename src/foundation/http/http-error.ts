/** Why an exchange failed. A response with an error status is no failure of `request` and `stream`; only `download` has `status`. */
export type HttpErrorCode =
  | 'invalid-url'
  | 'dns'
  | 'unreachable'
  | 'tls'
  /** The server speaks something else than TLS at an https address. */
  | 'not-tls'
  | 'reset'
  | 'timeout'
  | 'aborted'
  | 'protocol'
  | 'redirect'
  | 'status'
  | 'too-large'
  | 'digest-mismatch'
  | 'disk';

export interface HttpError {
  readonly code: HttpErrorCode;
  /** A sentence for the user: what happened, at which host, and what to try. Holds no credentials. */
  readonly message: string;
  /** The address without user information and query: presigned links carry their secret in the query. */
  readonly url: string;
  /** The status of the response, where one came. */
  readonly status?: number;
  /** When the server last asked to wait: how long. */
  readonly retryAfterMs?: number;
}

/** Carries an `HttpError` through streams, whose failures can only be thrown. */
export class HttpFailure extends Error {
  readonly error: HttpError;
  constructor(error: HttpError, cause?: unknown) {
    super(error.message, { cause });
    this.name = 'HttpFailure';
    this.error = error;
  }
}

/** Thrown inside by our own clocks, to tell a stall from other reasons to destroy a socket. */
export class StallError extends Error {
  readonly phase: 'connect' | 'idle';
  constructor(phase: 'connect' | 'idle', waitedMs: number) {
    super(`nothing for ${waitedMs} ms`);
    this.name = 'StallError';
    this.phase = phase;
  }
}

/** An address that may be shown: no user information, no query, no fragment, bounded. */
export function displayUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 300);
}

export function httpError(
  code: HttpErrorCode,
  url: URL,
  message: string,
  more?: { readonly status?: number; readonly retryAfterMs?: number },
): HttpError {
  return { code, message, url: displayUrl(url), ...more };
}

/** Puts what Node, OpenSSL or our clocks threw into words. */
export function describeFailure(cause: unknown, url: URL, signal?: AbortSignal): HttpError {
  if (cause instanceof HttpFailure) return cause.error;
  if (signal?.aborted) return abortedError(signal.reason, url);
  if (cause instanceof StallError) return stalledError(cause, url);
  const nodeCode = isPlainText(cause) ? 'ERR_SSL_WRONG_VERSION_NUMBER' : errorCode(cause);
  const known = NODE_CODES[nodeCode] ?? (isTlsCode(nodeCode) ? tlsWords(nodeCode) : undefined);
  if (known) return httpError(known[0], url, `${url.host}: ${known[1]}`);
  return httpError('protocol', url, `${url.host}: the exchange failed (${nodeCode || shortText(cause)})`);
}

function abortedError(reason: unknown, url: URL): HttpError {
  const timedOut = reason instanceof DOMException && reason.name === 'TimeoutError';
  return timedOut
    ? httpError(
        'timeout',
        url,
        `${url.host}: not finished within the time allowed in all; try again or allow more time`,
      )
    : httpError('aborted', url, `${url.host}: stopped before it finished`);
}

function stalledError(stall: StallError, url: URL): HttpError {
  const words =
    stall.phase === 'connect'
      ? 'no connection came about in time; check the address, the network and any proxy or firewall between'
      : 'the server stopped sending in the middle; try again later';
  return httpError('timeout', url, `${url.host}: ${words}`);
}

/** OpenSSL's words for bytes that are no TLS record. Node sometimes has them only in the message, under the code of any handshake trouble. */
function isPlainText(cause: unknown): boolean {
  return cause instanceof Error && /wrong version number|packet length too long/.test(cause.message);
}

type Words = readonly [HttpErrorCode, string];

const NODE_CODES: Readonly<Record<string, Words>> = {
  ENOTFOUND: ['dns', 'no such host; check the name and the DNS settings'],
  EAI_AGAIN: ['dns', 'the name could not be looked up just now; check the DNS settings and the network'],
  ECONNREFUSED: ['unreachable', 'nothing answers there (connection refused); is it running, and is the port right?'],
  EHOSTUNREACH: ['unreachable', 'the host cannot be reached from this network'],
  ENETUNREACH: ['unreachable', 'the network cannot be reached'],
  EACCES: ['unreachable', 'this user may not open the connection'],
  ENOENT: ['unreachable', 'the socket does not exist'],
  ECONNRESET: ['reset', 'the connection was cut in the middle'],
  EPIPE: ['reset', 'the connection was cut in the middle'],
  ETIMEDOUT: ['timeout', 'the connection timed out'],
  EPROTO: ['tls', 'the TLS handshake failed'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['not-tls', 'the server does not speak TLS; does it speak plain HTTP on this port?'],
  HPE_HEADER_OVERFLOW: ['protocol', 'the response headers are larger than 16 KiB'],
};

const TLS_CODES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet; check the clock',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed; name its CA file to trust it',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an unknown CA; name the CA file to trust it',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate comes from an unknown CA; name the CA file to trust it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an unknown CA; name the CA file to trust it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate comes from an unknown CA; name the CA file to trust it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another host name',
};

function isTlsCode(code: string): boolean {
  return code in TLS_CODES || code.startsWith('ERR_TLS_') || code.startsWith('ERR_SSL_') || code.startsWith('CERT_');
}

function tlsWords(code: string): Words {
  return ['tls', TLS_CODES[code] ?? `the TLS connection failed (${code})`];
}

/** The `code` of a Node system or OpenSSL error; several connection tries to one name come as an AggregateError. */
export function errorCode(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return '';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if (cause instanceof AggregateError) return errorCode(cause.errors[0]);
  return '';
}

function shortText(cause: unknown): string {
  return cause instanceof Error ? cause.message.slice(0, 120) : 'unknown reason';
}
