import { parseRetryAfter, type TrackerCall } from '#notifications/index.ts';
import type { ServerContext } from '../route.ts';

/** Why a tracker did not do something. */
export class TrackerFailure extends Error {
  /** The same would be refused again. */
  readonly isFinal: boolean;
  readonly afterMs: number;

  constructor(message: string, isFinal: boolean, afterMs = 0) {
    super(message);
    this.name = 'TrackerFailure';
    this.isFinal = isFinal;
    this.afterMs = afterMs;
  }
}

/** Requests to a tracker over the guarded way out. */
export function trackerCall(
  { outbound, now }: Pick<ServerContext, 'outbound' | 'now'>,
  signal?: AbortSignal,
): TrackerCall {
  return async ({ method, url, headers, body }) => {
    const content = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await outbound.request(
      { method, url, headers: { ...headers, ...content }, ...(body !== undefined && { body: JSON.stringify(body) }) },
      signal,
    );
    if (!answer.ok) {
      const { code, message } = answer.error;
      throw new TrackerFailure(message, code === 'refused' || code === 'invalid-url');
    }
    const { status, headers: answered, body: text } = answer.value;
    if (status >= 200 && status < 300) return documentOf(text);
    const afterMs = parseRetryAfter(answered['retry-after'], now());
    // GitHub says 403 for too many requests, with the time when it is over.
    const isLimited = status === 403 && (afterMs !== undefined || answered['x-ratelimit-remaining'] === '0');
    const isPassing = status === 429 || status === 408 || status >= 500 || isLimited;
    throw new TrackerFailure(`the tracker answered with status ${status}`, !isPassing, afterMs);
  };
}

function documentOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new TrackerFailure('the tracker answered with something that is not JSON', false);
  }
}
