import { z } from 'zod';
import { hashSecret } from '#identity/index.ts';
import { endSession, endSessionByHash, listSessions, recordAudit } from '#storage/index.ts';
import { refuseForeignPage } from '../../authentication/forgery.ts';
import { useLink } from '../../authentication/link.ts';
import { csrfToken, startSession } from '../../authentication/session.ts';
import { verifySignIn } from '../../authentication/sign-in.ts';
import { notFound } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name, needSession } from '../accounts/rights.ts';

const password = z.string().min(1).max(1000);
const csrf = z.object({
  /** For the header x-plimsoll-csrf of every change. */
  csrf: z.string(),
});

const signIn = route({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  summary: 'Signs a person in: sets the cookie of a new session',
  permission: 'anyone',
  ...nothing,
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    password,
    code: z.string().min(1).max(50).optional(),
  }),
  answer: csrf,
  status: 201,
  async handle({ body, headers, address, cookie }, context) {
    refuseForeignPage(headers);
    const account = await verifySignIn(context, { ...body, address });
    return context.query.transaction().execute(async (query) => {
      const visitor = { account: account.id, address, agent: headers['user-agent'] ?? '', cookie };
      const token = await startSession(query, visitor, context.now());
      const principal = { account: account.id, name: account.name };
      await recordAudit(query, {
        principal,
        action: 'session.start',
        subject: account.id,
        details: { address },
        at: context.now(),
      });
      return { csrf: token };
    });
  },
});

const current = route({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/session',
  summary: 'The token that changes by this session need in the header x-plimsoll-csrf',
  permission: 'signed-in',
  ...nothing,
  answer: csrf,
  async handle({ principal, cookie }) {
    if (known(principal).session === undefined || cookie.value === undefined) throw notFound('session');
    return { csrf: csrfToken(cookie.value) };
  },
});

const signOut = route({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: 'Ends this session',
  permission: 'signed-in',
  ...nothing,
  answer: z.undefined(),
  status: 204,
  async handle({ principal, cookie }, { query }) {
    if (known(principal).session === undefined || cookie.value === undefined) throw notFound('session');
    await endSessionByHash(query, hashSecret(cookie.value));
    cookie.clear();
    return undefined;
  },
});

const link = route({
  id: 'useSignInLink',
  method: 'POST',
  path: '/api/v1/session/link',
  summary:
    'Sets a password by a link that an administrator gave, or that the first start printed; sign in with it then',
  permission: 'anyone',
  ...nothing,
  body: z.strictObject({ token: z.string().max(200), password, name: name.optional() }),
  answer: z.object({ name: z.string() }),
  async handle({ body, headers }, { query, now }) {
    refuseForeignPage(headers);
    return useLink(query, body, now());
  },
});

const session = z.object({
  id: z.uuid(),
  /** The one that asks. */
  current: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  address: z.string(),
  agent: z.string(),
});

const list = route({
  id: 'listSessions',
  method: 'GET',
  path: '/api/v1/sessions',
  summary: 'Where you are signed in, the newest first',
  permission: 'signed-in',
  ...nothing,
  answer: z.object({ items: z.array(session) }),
  async handle({ principal }, { query, now }) {
    const actor = known(principal);
    needSession(actor);
    const { account, session: own } = actor;
    const items = (await listSessions(query, account, now())).map(
      ({ id, createdAt, lastSeenAt, expiresAt, address, agent }) => ({
        id,
        current: id === own,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address,
        agent,
      }),
    );
    return { items };
  },
});

const revoke = route({
  id: 'endSession',
  method: 'DELETE',
  path: '/api/v1/sessions/{id}',
  summary: 'Ends one of your sessions',
  permission: 'signed-in',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    needSession(actor);
    return audited(context, actor, async (query) => {
      if (!(await endSession(query, actor.account, id))) throw notFound('session');
      return { answer: undefined, action: 'session.end', subject: id };
    });
  },
});

export const sessionRoutes: readonly Route[] = [signIn, current, signOut, link, list, revoke];
