import type { IncomingMessage } from 'node:http';
import { err, ok, type Result } from '../result.ts';
import { readBody } from './body.ts';
import { type Call, type ClientContext, isReading } from './call.ts';
import type { HttpStream } from './contract.ts';
import { exchange } from './exchange.ts';
import { type HttpError, httpError } from './http-error.ts';
import { isRedirect, maxRedirects, type RequestHeaders, redirectTarget } from './redirect.ts';

/** Opens a response, following redirects as far as they are allowed. */
export async function openFollowingRedirects(
  context: ClientContext,
  call: Call,
): Promise<Result<HttpStream, HttpError>> {
  let hop: Hop = call;
  for (let hops = 0; ; hops += 1) {
    const { url } = hop;
    const transport = context.agents.transportFor(url);
    const answer = await exchange({ ...hop, signal: call.signal, timeouts: context.timeouts, transport });
    if (!answer.ok) return answer;
    const status = answer.value.statusCode ?? 0;
    const { location } = answer.value.headers;
    if (!isRedirect(status, location)) return ok(toStream(context, call, answer.value, url));
    answer.value.destroy();
    const next =
      hops < maxRedirects ? nextHop(call, hop, status, location) : err(`more than ${maxRedirects} redirects`);
    if (!next.ok) return err(httpError('redirect', url, `${url.host}: not followed: ${next.error}`, { status }));
    hop = next.value;
  }
}

type Hop = Pick<Call, 'url' | 'method' | 'headers' | 'body'>;

function nextHop(call: Call, hop: Hop, status: number, location: string): Result<Hop> {
  const target = redirectTarget(hop.url, location);
  if (!target.ok) return target;
  if (!isReading(hop.method) && status !== 303) return err(`it asks to repeat a ${hop.method} at another address`);
  const headers = call.onRedirect(hop.url, target.value, hop.headers);
  return ok({ url: target.value, method: isReading(hop.method) ? hop.method : 'GET', headers });
}

function toStream(context: ClientContext, call: Call, incoming: IncomingMessage, url: URL): HttpStream {
  return {
    status: incoming.statusCode ?? 0,
    headers: joinHeaders(incoming.headers),
    url,
    body: readBody(incoming, { url, signal: call.signal, timeouts: context.timeouts }),
    discard: () => incoming.destroy(),
  };
}

function joinHeaders(headers: NodeJS.Dict<string | string[]>): RequestHeaders {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return joined;
}
