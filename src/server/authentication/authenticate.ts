import { timingSafeEqual } from 'node:crypto';
import { hashSecret, limited, type Principal, parseToken } from '#identity/index.ts';
import { findUsableToken, touchToken } from '#storage/index.ts';
import type { Authenticate } from '../application.ts';
import { RequestProblem } from '../request-problem.ts';
import type { ServerContext } from '../route.ts';
import { refuseForgery } from './forgery.ts';
import { isJsonWebToken, type TrustedIssuers } from './issuer/trusted-issuers.ts';
import { principalOf } from './principal.ts';
import { principalOfSession } from './session.ts';
import { sessionCookieValue } from './session-cookie.ts';

export interface AuthenticationOptions {
  readonly context: ServerContext;
  readonly secureCookies: boolean;
  readonly issuers: TrustedIssuers;
}

const MAX_TOKEN = 16_384;
const TOUCH_MS = 60_000;
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A token in `Authorization`, which nobody sends without meaning to, or else the cookie of a session. */
export function createAuthenticate({ context, secureCookies, issuers }: AuthenticationOptions): Authenticate {
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) return principalOfBearer(authorization, context, issuers);
    const secret = sessionCookieValue(request, secureCookies);
    if (secret === undefined) return undefined;
    const principal = await principalOfSession(context.query, secret, context.now());
    if (principal && !READING.has(request.method)) refuseForgery(request.headers, secret);
    return principal;
  };
}

async function principalOfBearer(
  header: string,
  context: ServerContext,
  issuers: TrustedIssuers,
): Promise<Principal | undefined> {
  const token = header.length > MAX_TOKEN ? undefined : /^bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw wrongToken('Send the token as "Authorization: Bearer plm_...".');
  if (isJsonWebToken(token)) {
    const identity = await issuers.identify(token);
    if (!identity.ok) throw wrongToken(identity.error);
    return principalOf(context.query, { ...identity.value, kind: 'machine' });
  }
  const principal = await principalOfToken(token, context);
  if (principal === undefined) throw wrongToken('This token is mistyped, over or revoked, or its account is disabled.');
  return principal;
}

async function principalOfToken(text: string, { query, now }: ServerContext): Promise<Principal | undefined> {
  const read = parseToken(text);
  if (read === undefined || read.kind === 'link') return undefined;
  const found = await findUsableToken(query, read.id, now());
  if (!found || !timingSafeEqual(found.hash, hashSecret(read.secret))) return undefined;
  if (now().getTime() - (found.lastUsedAt?.getTime() ?? 0) > TOUCH_MS) await touchToken(query, found.id, now());
  const owner = await principalOf(query, { id: found.account, name: found.accountName, kind: found.accountKind });
  const limits = { permissions: new Set(found.permissions), scope: found.scope };
  return { ...owner, grants: limited(owner.grants, limits) };
}

function wrongToken(detail: string): RequestProblem {
  return new RequestProblem(401, 'wrong-token', detail);
}
