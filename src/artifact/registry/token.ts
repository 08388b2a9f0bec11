import { type HttpClient, type HttpResponse, ok, type Result } from '#foundation/index.ts';
import { asText, parseJsonObject } from '../image/json.ts';
import { fromHttpError, type TargetError, targetError } from '../target-error.ts';
import type { Credentials } from './credentials.ts';

export interface TokenRequest {
  readonly realm: URL;
  readonly service: string | undefined;
  readonly scope: string;
  readonly credentials: Credentials | undefined;
  readonly signal: AbortSignal;
}

const MAX_ANSWER_BYTES = 256 * 1024;

/** Fetches a bearer token: the Docker token specification, and OAuth2 where the login is an identity token. */
export async function fetchToken(client: HttpClient, request: TokenRequest): Promise<Result<string, TargetError>> {
  const answer = await askRealm(client, request);
  if (!answer.ok) return fromHttpError(answer.error);
  const { status, body } = answer.value;
  const { host } = request.realm;
  if (status === 401 || status === 403) {
    return targetError(
      'denied',
      request.credentials ? `${host} does not accept the login` : `${host} gives no token without a login`,
    );
  }
  if (status !== 200) return targetError('unreachable', `the token service ${host} answered ${status}`);
  const document = parseJsonObject(body);
  const token = document.ok ? (asText(document.value['token']) ?? asText(document.value['access_token'])) : undefined;
  // It becomes a header, so nothing may be in it that ends one.
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token))
    return targetError('invalid', `the token service ${host} gave no readable token`);
  return ok(token);
}

function askRealm(
  client: HttpClient,
  request: TokenRequest,
): Promise<Result<HttpResponse, Parameters<typeof fromHttpError>[0]>> {
  const { realm, service, scope, credentials, signal } = request;
  const common = { signal, maxBytes: MAX_ANSWER_BYTES };
  if (credentials?.kind === 'identity-token') {
    const form = { grant_type: 'refresh_token', client_id: 'plimsoll', scope, refresh_token: credentials.token };
    const body = new URLSearchParams({ ...form, ...(service !== undefined && { service }) }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return client.request(realm, { ...common, method: 'POST', body, headers });
  }
  const address = new URL(realm);
  if (service !== undefined) address.searchParams.set('service', service);
  address.searchParams.set('scope', scope);
  const headers = credentials?.kind === 'password' ? { authorization: basicAuthorization(credentials) } : {};
  return client.request(address, { ...common, headers });
}

export function basicAuthorization({
  username,
  password,
}: {
  readonly username: string;
  readonly password: string;
}): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
