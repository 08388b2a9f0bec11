import {
  allowInsecureRequests,
  ClientSecretPost,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type FetchBody,
  None,
} from 'openid-client';
import { isLoopback } from '#foundation/index.ts';
import type { IdentityProvider } from '#storage/index.ts';
import type { ServerContext } from '../../route.ts';

/**
 * The provider as it describes itself at this moment: asked anew for each sign-in, so that replaced keys count at once. Throws when it does not
 * answer or says something else than was set.
 */
export async function discover(context: ServerContext, provider: IdentityProvider): Promise<Configuration> {
  const { issuer, client_id: clientId, client_secret: sealed, id } = provider;
  const url = new URL(issuer);
  const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
  const authentication = sealed === null ? None() : ClientSecretPost(context.secrets.open(sealed, secretUse(id)));
  const configuration = await discovery(url, clientId, undefined, authentication, {
    [customFetch]: (address, options) => fetchGuarded(context, address, options),
    execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
    timeout: 10,
  });
  configuration[customFetch] = (address, options) => fetchGuarded(context, address, options);
  return configuration;
}

/** Binds the sealed secret to its provider. */
export function secretUse(provider: string): string {
  return `client secret of ${provider}`;
}

interface FetchOptions {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: FetchBody;
}

/** Its address, and those that it names, are ones that a user gave: they are talked to by the way that is guarded. */
async function fetchGuarded({ outbound }: ServerContext, url: string, options: FetchOptions): Promise<Response> {
  const { method, headers, body } = options;
  const answer = await outbound.request({
    method: method === 'POST' ? 'POST' : 'GET',
    url,
    headers,
    ...(body !== undefined && body !== null && { body: String(body) }),
  });
  if (!answer.ok) throw new Error(answer.error.message);
  const known = Object.entries(answer.value.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const isEmpty = answer.value.status === 204 || answer.value.status === 304;
  return new Response(isEmpty ? null : answer.value.body, { status: answer.value.status, headers: known });
}
