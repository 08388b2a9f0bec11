import { err, ok, type Result } from '../result.ts';
import type { Agents } from './agents.ts';
import type { HttpRequestOptions } from './contract.ts';
import type { ExchangeTimeouts } from './exchange.ts';
import type { HttpError } from './http-error.ts';
import { keepCredentialsAtOrigin, type RedirectHook, type RequestHeaders } from './redirect.ts';
import type { RetryPolicy } from './retry.ts';

/** What all calls of one client share. */
export interface ClientContext {
  readonly userAgent: string;
  readonly timeouts: ExchangeTimeouts;
  readonly retryPolicy: RetryPolicy;
  readonly agents: Agents;
}

/** One call: where to, with what, until when. */
export interface Call {
  readonly url: URL;
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly onRedirect: RedirectHook;
}

/** It changes nothing there, and may be repeated, also at another address. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Reads the address and adds what every request carries. The whole call ends when `signal` does. */
export function prepareCall(
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
