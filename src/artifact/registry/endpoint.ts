import { createHttpClient, type HttpClient, ok, type Result, userAgent } from '#foundation/index.ts';
import type { ImageReference } from '../reference/reference.ts';
import { fromHttpError, type TargetError, targetError } from '../target-error.ts';
import { type Authorizer, createAuthorizer } from './authorizer.ts';
import { registryTrust } from './certificates.ts';
import { type Credentials, findCredentials } from './credentials.ts';
import { type Mirror, mirrorsFor, type RegistryOptions } from './options.ts';
import { hostnameOf, isLoopback } from './realm.ts';

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

/** A place before it was asked anything. */
export interface Place extends Mirror {
  readonly isMirror: boolean;
}

/** Mirrors first, the registry last. */
export function placesFor(reference: ImageReference, options: RegistryOptions): Result<readonly Place[], TargetError> {
  const mirrors = mirrorsFor(reference.registry, options);
  if (!mirrors.ok) return targetError('usage', mirrors.error);
  return ok([
    ...mirrors.value.map((mirror) => ({ ...mirror, isMirror: true })),
    { host: reference.registry, pathPrefix: '', isMirror: false },
  ]);
}

/** Finds out how a registry wants to be talked to: with TLS or without, with which login. */
export async function connectEndpoint(
  place: Place,
  reference: ImageReference,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Endpoint, TargetError>> {
  const trust = await registryTrust(place.host, options);
  if (!trust.ok) return targetError('usage', trust.error);
  const client = createHttpClient({ userAgent, insecure: options.insecureTls === true, ...trust.value });
  const found = await connect(client, place, reference, options, signal);
  if (!found.ok) client.close();
  return found;
}

async function connect(
  client: HttpClient,
  place: Place,
  reference: ImageReference,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Endpoint, TargetError>> {
  const host = place.host === 'docker.io' ? 'registry-1.docker.io' : place.host;
  const repository = place.pathPrefix === '' ? reference.repository : `${place.pathPrefix}/${reference.repository}`;
  const greeting = await greet(client, host, options, signal);
  if (!greeting.ok) return greeting;
  const { credentials, notes } = await credentialsFor(place, repository, options, signal);
  const secure = greeting.value.scheme === 'https';
  const { plainHttp = false, allowedRealms = [] } = options;
  const authorizer = createAuthorizer({ client, host, secure, repository, credentials, plainHttp, allowedRealms });
  const endpoint = { host, base: `${greeting.value.scheme}://${host}/v2/${repository}`, client, authorizer, notes };
  if (greeting.value.challenge === undefined) return ok(endpoint);
  const answered = await authorizer.answer(greeting.value.challenge, signal);
  return answered.ok ? ok(endpoint) : withNotes(answered.error, notes);
}

interface Greeting {
  readonly scheme: 'https' | 'http';
  /** The `WWW-Authenticate` of a 401. */
  readonly challenge?: string;
}

/** Asks `/v2/`, which every registry answers with 200 or a challenge. Plain HTTP only by the user's word or on loopback. */
async function greet(
  client: HttpClient,
  host: string,
  options: RegistryOptions,
  signal: AbortSignal,
): Promise<Result<Greeting, TargetError>> {
  const scheme = options.plainHttp ? 'http' : 'https';
  let answer = await client.request(`${scheme}://${host}/v2/`, { signal, maxBytes: 64 * 1024 });
  let used: Greeting['scheme'] = scheme;
  const notTls = !answer.ok && answer.error.code === 'not-tls';
  if (notTls && isLoopback(hostnameOf(host))) {
    used = 'http';
    answer = await client.request(`http://${host}/v2/`, { signal, maxBytes: 64 * 1024 });
  }
  if (!answer.ok) {
    const advice = notTls ? '; allow that with --plain-http if it is meant' : '';
    const failed = fromHttpError(answer.error);
    return targetError(failed.error.code, `${failed.error.message}${advice}`);
  }
  const { status, headers } = answer.value;
  const challenge = headers['www-authenticate'];
  if (status === 401 && challenge !== undefined) return ok({ scheme: used, challenge });
  if (status === 429)
    return targetError('unreachable', `${host} answers that too much was asked of it (429); try again later or log in`);
  if (headers['content-type']?.startsWith('text/html') && status !== 200) {
    return targetError(
      'invalid',
      `${host} answers ${status} with a web page and not as a registry; check the name, and any proxy between`,
    );
  }
  // Some registries answer other things here and still serve manifests.
  return ok({ scheme: used });
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
