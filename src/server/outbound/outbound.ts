import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { err, ok, type Result, userAgent } from '#foundation/index.ts';
import { addressRules } from './address.ts';

/** A request to an address that a user gave. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutgoingAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** At most 256 KiB of it. */
  readonly body: string;
}

/** Why nothing came back. */
export interface OutboundError {
  /** `refused`: the address is not one to talk to, and will not be next time. */
  readonly code: 'invalid-url' | 'refused' | 'unresolved' | 'unreachable' | 'timeout' | 'too-large';
  /** For people; without what the address holds after its host, which may be a secret. */
  readonly message: string;
}

/** One address, checked: to be connected to as it is. A name resolved again could lead elsewhere (DNS rebinding). */
export interface CheckedHost {
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * The way out of the server to every address that a user can give: only to addresses of the internet and those that the administrator opened, straight to what
 * was checked, without redirects, bounded in size and time. A proxy of the environment is not used: it would resolve again.
 */
export interface Outbound {
  request(request: OutgoingRequest, signal?: AbortSignal): Promise<Result<OutgoingAnswer, OutboundError>>;
  /** For protocols other than HTTP. */
  check(host: string): Promise<Result<CheckedHost, OutboundError>>;
}

export interface OutboundOptions {
  /** Ranges beside the internet that may be talked to: `10.2.0.0/16`. */
  readonly allowed: readonly string[];
  /** 10 s when absent. */
  readonly timeoutMs?: number;
  /** Addresses of a name; the system's when absent. */
  lookup?(host: string): Promise<readonly LookupAddress[]>;
}

const MAX_ANSWER = 256 * 1024;

export function createOutbound(options: OutboundOptions): Outbound {
  const { timeoutMs = 10_000, lookup = resolveBySystem } = options;
  const rules = addressRules(options.allowed);
  const check = async (host: string): Promise<Result<CheckedHost, OutboundError>> => {
    const name = host.replace(/^\[(.*)\]$/, '$1');
    const found = isIP(name) ? [{ address: name, family: isIP(name) }] : await lookup(name).catch(() => []);
    const [first] = found;
    if (first === undefined) return err({ code: 'unresolved', message: `The name ${name} has no address.` });
    // All of them: which one is taken must not be luck.
    const refusal = found.map(({ address }) => rules.refuses(address)).find((reason) => reason !== undefined);
    if (refusal !== undefined)
      return err({
        code: 'refused',
        message: `The address of ${name} is ${refusal}; an administrator can open it with --allow-address.`,
      });
    return ok({ address: first.address, family: first.family === 6 ? 6 : 4 });
  };
  return {
    check,
    async request(request, signal) {
      const url = URL.parse(request.url);
      if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
        return err({ code: 'invalid-url', message: 'The address is not an http or https URL.' });
      const checked = await check(url.hostname);
      if (!checked.ok) return checked;
      const deadline = AbortSignal.timeout(timeoutMs);
      return send(url, request, checked.value, signal ? AbortSignal.any([signal, deadline]) : deadline);
    },
  };
}

function resolveBySystem(host: string): Promise<readonly LookupAddress[]> {
  return systemLookup(host, { all: true, verbatim: true });
}

function send(
  url: URL,
  { method, headers, body }: OutgoingRequest,
  checked: CheckedHost,
  signal: AbortSignal,
): Promise<Result<OutgoingAnswer, OutboundError>> {
  const { promise, resolve } = Promise.withResolvers<Result<OutgoingAnswer, OutboundError>>();
  const fail = (cause: unknown) => resolve(err(failure(url, cause, signal)));
  let outgoing: ClientRequest;
  try {
    outgoing = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method,
      headers: { 'user-agent': userAgent, 'accept-encoding': 'identity', ...headers, ...lengthOf(body) },
      signal,
      // Connections are not kept: the next request to this name is checked again.
      agent: false,
      lookup: always(checked),
    });
  } catch (cause) {
    fail(cause);
    return promise;
  }
  outgoing.on('error', fail);
  outgoing.on('response', (answer) => {
    readAnswer(answer, url).then(resolve, fail);
  });
  outgoing.end(body);
  return promise;
}

function lengthOf(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

function always({ address, family }: CheckedHost): LookupFunction {
  return (_, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

async function readAnswer(answer: IncomingMessage, url: URL): Promise<Result<OutgoingAnswer, OutboundError>> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MAX_ANSWER) {
      answer.destroy();
      return err({ code: 'too-large', message: `${url.host} answered with more than ${MAX_ANSWER} bytes.` });
    }
    pieces.push(bytes);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return ok({
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(pieces).toString('utf8'),
  });
}

function failure(url: URL, cause: unknown, signal: AbortSignal): OutboundError {
  if (signal.aborted) return { code: 'timeout', message: `${url.host} did not answer in time.` };
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
  return { code: 'unreachable', message: `${url.host} cannot be reached (${code}).` };
}
