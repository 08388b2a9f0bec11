import type { HttpErrorCode } from './http-error.ts';

export interface RetryPolicy {
  /** Tries after the first one. */
  readonly retries: number;
  /** Wait before the first retry; doubles each time, less up to half at random so that many clients do not come back at once. */
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  /** Longest `Retry-After` that is obeyed. A server that asks for more gets no retry: the caller learns what it asked for. */
  readonly maxRetryAfterMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  retries: 4,
  baseDelayMs: 500,
  maxDelayMs: 20_000,
  maxRetryAfterMs: 60_000,
};

const RETRYABLE_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);
const RETRYABLE_CODES: ReadonlySet<HttpErrorCode> = new Set(['reset', 'timeout']);

export function isRetryableStatus(status: number): boolean {
  return RETRYABLE_STATUS.has(status);
}

/** A refused connection or unknown name is not retried: it is far more often a mistyped address than a passing failure. */
export function isRetryableCode(code: HttpErrorCode): boolean {
  return RETRYABLE_CODES.has(code);
}

/** Milliseconds to wait before try number `attempt` (1 is the first retry), or undefined to give up. */
export function retryDelayMs(
  policy: RetryPolicy,
  attempt: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (attempt > policy.retries) return undefined;
  const backoff = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
  const spread = backoff * (1 - Math.random() / 2);
  if (retryAfterMs === undefined) return spread;
  return retryAfterMs > policy.maxRetryAfterMs ? undefined : Math.max(spread, retryAfterMs);
}

/** Reads `Retry-After`: seconds or an HTTP date (RFC 9110, 10.2.3). Unreadable values count as absent. */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Z][a-z]{2},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
