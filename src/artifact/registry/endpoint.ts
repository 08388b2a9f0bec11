import {
  createHttpClient,
  type HttpClient,
  type HttpError,
  type HttpResponse,
  isLoopback,
  ok,
  type Result,
  userAgent,
} from '#foundation/index.ts';
import { fromHttpError, type TargetError, targetError } from '../target-error.ts';
import { type Authorizer, createAuthorizer } from './authorizer.ts';
import { registryTrust } from './certificates.ts';
import { type Credentials, findCredentials } from './credentials.ts';
import type { RegistryOptions } from './options.ts';
import type { Place } from './places.ts';
import { hostnameOf } from './realm.ts';
import { isWebPage, tooManyRequests, webPage } from './refusals.ts';

/** One place that an image can come from, connected: the registry itself or a mirror of it. */
export interface Endpoint {
  readonly host: string;
  /** `https://host/v2/<repository>` */
  readonly base: string;
  readonly client: HttpClient;
  readonly authorizer: Authorizer;
  /** About the search for a login, to be told when the registry says no. */
  readonly notes: readonly string[];
}

/** Finds out how a registry wants to be talked to: with TLS or without, with which login. */
export async function connectEndpoint(
  place: Place,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Endpoint, TargetError>> {
  const trust = await registryTrust(place.host, options);
  if (!trust.ok) return targetError('usage', trust.error);
  const client = createHttpClient({
    userAgent,
    insecure: options.insecureTls === true || place.insecure,
    ...trust.value,
  });
  const found = await connect(client, place, options, signal);
  if (!found.ok) client.close();
  return found;
}

async function connect(
  client: HttpClient,
  place: Place,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Endpoint, TargetError>> {
  const host = place.host === 'docker.io' ? 'registry-1.docker.io' : place.host;
  const { repository } = place;
  const greeting = await greet(client, host, place, options, signal);
  if (!greeting.ok) return greeting;
  const { credentials, notes } = await credentialsFor(place, repository, options, signal);
  const { allowedRealms = [] } = options;
  const plainHttp = options.plainHttp === true || place.insecure;
  const authorizer = createAuthorizer({ client, host, repository, credentials, plainHttp, allowedRealms });
  const endpoint = { host, base: `${greeting.value.scheme}://${host}/v2/${repository}`, client, authorizer, notes };
  if (greeting.value.challenge === undefined) return ok(endpoint);
  const answered = await authorizer.answer(greeting.value.challenge, signal);
  return answered.ok ? ok(endpoint) : withNotes(answered.error, notes);
}

const MAX_GREETING_BYTES = 64 * 1024;

interface Greeting {
  readonly scheme: 'https' | 'http';
  /** The `WWW-Authenticate` of a 401. */
  readonly challenge?: string;
}

/** Asks `/v2/`, which every registry answers with 200 or a challenge. */
async function greet(
  client: HttpClient,
  host: string,
  place: Place,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Greeting, TargetError>> {
  const ask = (scheme: Greeting['scheme']) =>
    client.request(`${scheme}://${host}/v2/`, { signal, maxBytes: MAX_GREETING_BYTES });
  const scheme = options.plainHttp ? 'http' : 'https';
  const first = await ask(scheme);
  if (first.ok) return readGreeting(first.value, scheme, host);
  if (scheme === 'https' && mayGoPlain(first.error, place, host)) {
    const second = await ask('http');
    if (second.ok) return readGreeting(second.value, 'http', host);
  }
  const { code, message } = fromHttpError(first.error).error;
  const advice = first.error.code === 'not-tls' ? '; allow that with --plain-http if it is meant' : '';
  return targetError(code, `${message}${advice}`);
}

/** Without the user's word HTTP is for loopback, and for what the system's configuration calls insecure. */
function mayGoPlain({ code }: HttpError, place: Place, host: string): boolean {
  if (place.insecure) return code === 'not-tls' || code === 'unreachable';
  return code === 'not-tls' && isLoopback(hostnameOf(host));
}

function readGreeting(
  { status, headers }: HttpResponse,
  scheme: Greeting['scheme'],
  host: string,
): Result<Greeting, TargetError> {
  const challenge = headers['www-authenticate'];
  if (status === 401 && challenge !== undefined) return ok({ scheme, challenge });
  if (status === 429) return targetError('unreachable', tooManyRequests(host));
  if (status !== 200 && isWebPage(headers)) return targetError('invalid', webPage(host, status));
  // Some registries answer other things here and still serve manifests.
  return ok({ scheme });
}

async function credentialsFor(
  place: Place,
  repository: string,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<{ readonly credentials: Credentials | undefined; readonly notes: readonly string[] }> {
  const { username, password, environment = process.env } = options;
  if (!place.isMirror && username !== undefined) {
    return { credentials: { kind: 'password', username, password: password ?? '' }, notes: [] };
  }
  const { credentials, notes } = await findCredentials(place.host, repository, environment, signal);
  return { credentials, notes };
}

export function withNotes(
  error: TargetError,
  notes: readonly string[],
): { readonly ok: false; readonly error: TargetError } {
  const relevant = error.code === 'denied' && notes.length > 0;
  return targetError(error.code, relevant ? `${error.message} (${notes.join('; ')})` : error.message);
}
