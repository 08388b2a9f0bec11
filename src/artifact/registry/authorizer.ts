import { type HttpClient, ok, type RequestHeaders, type Result } from '#foundation/index.ts';
import { type TargetError, targetError } from '../target-error.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { checkRealm } from './realm.ts';
import { basicAuthorization, fetchToken } from './token.ts';

export interface AuthorizerOptions {
  readonly client: HttpClient;
  /** Host (with port) that is asked, which is `registry-1.docker.io` for Docker Hub. */
  readonly host: string;
  readonly repository: string;
  readonly credentials: Credentials | undefined;
  readonly plainHttp: boolean;
  readonly allowedRealms: readonly string[];
}

/** Keeps the `Authorization` of one repository at one registry. */
export interface Authorizer {
  /** To send with the next request; empty until a challenge was answered. */
  headers(): RequestHeaders;
  /** Answers the challenge of a 401. Without a header the last known challenge is answered again: tokens expire. */
  answer(challengeHeader: string | undefined, signal: AbortSignal): Promise<Result<void, TargetError>>;
}

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  let headers: RequestHeaders = {};
  let known: readonly Challenge[] = [];
  return {
    headers: () => headers,
    async answer(challengeHeader, signal) {
      const challenges = parseChallenges(challengeHeader);
      if (challenges.length > 0) known = challenges;
      const authorization = await answerChallenges(options, known, signal);
      if (!authorization.ok) return authorization;
      headers = { authorization: authorization.value };
      return ok(undefined);
    },
  };
}

async function answerChallenges(
  options: AuthorizerOptions,
  challenges: readonly Challenge[],
  signal: AbortSignal,
): Promise<Result<string, TargetError>> {
  const { host, credentials } = options;
  if (credentials?.kind === 'registry-token') return ok(`Bearer ${credentials.token}`);
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  if (bearer) return bearerAuthorization(options, bearer, signal);
  if (!challenges.some(({ scheme }) => scheme === 'basic')) {
    return targetError('denied', `${host} asks for a way to log in that is not supported (only Basic and Bearer are)`);
  }
  if (credentials?.kind !== 'password') return targetError('denied', `${host} wants a user name and password`);
  return ok(basicAuthorization(credentials));
}

async function bearerAuthorization(
  options: AuthorizerOptions,
  { parameters }: Challenge,
  signal: AbortSignal,
): Promise<Result<string, TargetError>> {
  const { host, credentials } = options;
  const realm = checkRealm(parameters['realm'], {
    registryHost: host,
    hasCredentials: credentials !== undefined,
    plainHttp: options.plainHttp,
    allowedRealms: options.allowedRealms,
  });
  if (!realm.ok) return targetError('denied', `${host}: ${realm.error}`);
  // The scope is ours to say: a registry must not talk us into asking for more than reading this repository.
  const scope = `repository:${options.repository}:pull`;
  const token = await fetchToken(options.client, {
    realm: realm.value,
    service: parameters['service'],
    scope,
    credentials,
    signal,
  });
  return token.ok ? ok(`Bearer ${token.value}`) : token;
}
