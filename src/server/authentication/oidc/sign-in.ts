import { timingSafeEqual } from 'node:crypto';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { hashSecret, newSecret } from '#identity/index.ts';
import { addChallenge, findProvider, type IdentityProvider, takeChallenge } from '#storage/index.ts';
import { RequestProblem } from '../../request-problem.ts';
import type { ServerContext } from '../../route.ts';
import { discover } from './client.ts';

const PURPOSE = 'oidc';
const LIFE_MS = 10 * 60_000;
/** Behind the server's origin; the provider has to know it as a redirect URI. */
export const CALLBACK = '/api/v1/session/oidc/callback';

export interface BegunSignIn {
  /** At the provider, for the browser to go to. */
  readonly url: string;
  /** For a cookie: only the browser that began it can end it. */
  readonly flow: string;
  readonly expires: Date;
}

/** Begins with code, PKCE, state and nonce. */
export async function beginSignIn(context: ServerContext, id: string): Promise<BegunSignIn> {
  const { query, now, origin, secrets } = context;
  const provider = await usable(context, id);
  const configuration = await discover(context, provider).catch((error: unknown) => {
    throw new RequestProblem(502, 'provider-unreachable', `${provider.name} cannot be used now: ${reasonOf(error)}.`);
  });
  const [state, nonce, verifier, secret] = [randomState(), randomNonce(), randomPKCECodeVerifier(), newSecret()];
  const expires = new Date(now().getTime() + LIFE_MS);
  const data = {
    provider: id,
    state,
    nonce,
    verifier: secrets.seal(verifier, `flow ${state}`),
    browser: hashSecret(secret).toString('hex'),
  };
  const challenge = await addChallenge(query, { purpose: PURPOSE, data, expiresAt: expires }, now());
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: origin() + CALLBACK,
    scope: provider.scopes.join(' '),
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { url: url.href, flow: `${challenge}.${secret}`, expires };
}

const text = z.string().min(1).max(500);
const claims = z.looseObject({
  sub: text,
  email: z.string().max(320).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  preferred_username: text.optional().catch(undefined),
  name: text.optional().catch(undefined),
});

/** Whom a provider vouches for. */
export interface Vouched {
  readonly provider: IdentityProvider;
  /** The provider's permanent name for them. */
  readonly subject: string;
  /** Only one that the provider has verified. */
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly groups: readonly string[];
}

/** Ends what `beginSignIn` began: of the same browser, once. Throws for anything that does not fit. */
export async function finishSignIn(
  context: ServerContext,
  flow: string | undefined,
  search: Readonly<Record<string, string>>,
): Promise<Vouched> {
  const [id = '', secret = ''] = flow?.split('.') ?? [];
  const begun = z.uuid().safeParse(id).success
    ? await takeChallenge(context.query, { id, purpose: PURPOSE }, context.now())
    : undefined;
  if (begun === undefined || !isBrowser(begun['browser'], secret))
    throw refused('It was not begun in this browser, or too long ago');
  const { provider: providerId = '', state = '', nonce = '', verifier = '' } = begun;
  const provider = await usable(context, providerId);
  const url = new URL(context.origin() + CALLBACK);
  for (const [name, value] of Object.entries(search)) url.searchParams.set(name, value);
  try {
    const configuration = await discover(context, provider);
    const tokens = await authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: context.secrets.open(verifier, `flow ${state}`),
      idTokenExpected: true,
    });
    return vouched(provider, claims.parse(tokens.claims()));
  } catch (error) {
    throw refused(reasonOf(error));
  }
}

function isBrowser(hash: string | undefined, secret: string): boolean {
  const [expected, given] = [Buffer.from(hash ?? '', 'hex'), hashSecret(secret)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function vouched(provider: IdentityProvider, token: z.infer<typeof claims>): Vouched {
  const listed = Object.hasOwn(token, provider.groups_claim) ? token[provider.groups_claim] : undefined;
  const groups = [listed].flat().filter((group): group is string => typeof group === 'string');
  return {
    provider,
    subject: token.sub,
    email: token.email_verified === true ? token.email : undefined,
    name: token.preferred_username ?? token.name ?? token.email,
    groups: groups.slice(0, 1000),
  };
}

async function usable({ query }: ServerContext, id: string): Promise<IdentityProvider> {
  const provider = await findProvider(query, id);
  if (provider?.enabled) return provider;
  throw new RequestProblem(404, 'not-found', 'There is no such way to sign in, or it is off.');
}

function refused(reason: string): RequestProblem {
  return new RequestProblem(401, 'wrong-sign-in', `The sign-in did not go through: ${reason}.`);
}

/** Words of the library name what did not fit, and no token. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'it failed';
}
