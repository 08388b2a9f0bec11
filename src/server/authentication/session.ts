import { createHmac, timingSafeEqual } from 'node:crypto';
import { hashSecret, newSecret, type Principal } from '#identity/index.ts';
import { addSession, endSessionByHash, findSession, type Query, touchSession } from '#storage/index.ts';
import { principalOf } from './principal.ts';
import type { SessionCookie } from './session-cookie.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Not seen for so long: sign in again. */
const IDLE_MS = 4 * HOUR_MS;
/** However busy: sign in again. */
const LIFE_MS = 24 * HOUR_MS;

interface Visitor {
  readonly account: string;
  readonly address: string;
  readonly agent: string;
  readonly cookie: SessionCookie;
}

/** Signs somebody in, always under a new id: one that was planted in the browser before is worth nothing. Answers the CSRF token. */
export async function startSession(
  query: Query,
  { account, address, agent, cookie }: Visitor,
  now: Date,
): Promise<string> {
  if (cookie.value !== undefined) await endSessionByHash(query, hashSecret(cookie.value));
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + LIFE_MS);
  await addSession(query, { hash: hashSecret(secret), account, at: now, expiresAt, address, agent });
  cookie.set(secret, expiresAt);
  return csrfToken(secret);
}

/** Who is signed in by this cookie. */
export async function principalOfSession(query: Query, secret: string, now: Date): Promise<Principal | undefined> {
  const session = await findSession(query, hashSecret(secret), now, new Date(now.getTime() - IDLE_MS));
  if (session === undefined) return undefined;
  // Once a minute is exact enough, and spares a write for each request.
  if (now.getTime() - session.lastSeenAt.getTime() > MINUTE_MS) await touchSession(query, session.id, now);
  const principal = await principalOf(query, { id: session.account, name: session.name, kind: 'person' });
  return { ...principal, session: session.id };
}

/** Follows from the session's secret, which pages cannot read: nothing more has to be kept. */
export function csrfToken(secret: string): string {
  return createHmac('sha256', secret).update('plimsoll csrf token').digest('base64url');
}

export function isCsrfToken(token: string, secret: string): boolean {
  const [given, expected] = [Buffer.from(token), Buffer.from(csrfToken(secret))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
