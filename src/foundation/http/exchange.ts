import type { ClientRequest, IncomingMessage } from 'node:http';
import { err, ok, type Result } from '../result.ts';
import type { Transport } from './agents.ts';
import { describeFailure, type HttpError, StallError } from './http-error.ts';
import { platform } from './platform.ts';
import type { RequestHeaders } from './redirect.ts';

export interface ExchangeTimeouts {
  /** From asking for a connection until it stands, TLS and proxy included. */
  readonly connectMs: number;
  /** Longest silence of the server afterwards: before the headers, and between two pieces of the body. */
  readonly idleMs: number;
}

export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: RequestHeaders;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  readonly timeouts: ExchangeTimeouts;
  readonly transport: Transport;
}

/** One request and the head of its response, without redirects or retries. */
export function exchange(options: Exchange): Promise<Result<IncomingMessage, HttpError>> {
  const { url, method, headers, signal, transport, timeouts } = options;
  const { promise, resolve } = Promise.withResolvers<Result<IncomingMessage, HttpError>>();
  const fail = (cause: unknown) => resolve(err(describeFailure(cause, url, signal)));
  if (signal.aborted) {
    fail(signal.reason);
    return promise;
  }
  const send = (url.protocol === 'https:' ? platform.https : platform.http).request;
  let outgoing: ClientRequest;
  try {
    outgoing = send(url, { method, headers, signal, ...transport });
  } catch (cause) {
    // A header value or path that Node refuses to send.
    fail(cause);
    return promise;
  }
  const stopClock = watchForStall(outgoing, timeouts);
  outgoing.on('response', (incoming) => {
    stopClock();
    resolve(ok(incoming));
  });
  outgoing.on('error', (cause) => {
    stopClock();
    fail(cause);
  });
  outgoing.on('close', () => {
    stopClock();
    fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
  });
  outgoing.end(options.body);
  return promise;
}

/** Ends a request whose connection or response does not come. Informational responses do not wind the clock again. */
function watchForStall(outgoing: ClientRequest, timeouts: ExchangeTimeouts): () => void {
  const stall = (phase: 'connect' | 'idle', ms: number) =>
    setTimeout(() => outgoing.destroy(new StallError(phase, ms)), ms);
  let stopped = false;
  let clock = stall('connect', timeouts.connectMs);
  const connected = () => {
    if (stopped) return;
    clearTimeout(clock);
    clock = stall('idle', timeouts.idleMs);
  };
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) connected();
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
  });
  return () => {
    clearTimeout(clock);
    stopped = true;
  };
}
