import { z } from 'zod';
import type { Principal } from '#identity/index.ts';
import {
  canSignIn,
  findAccount,
  listPasskeys,
  listSessions,
  recordAudit,
  removePasskey,
  renamePasskey,
} from '#storage/index.ts';
import { refuseForeignPage } from '../../authentication/forgery.ts';
import {
  askForNewPasskey,
  askForPasskey,
  assertionResponse,
  keepPasskey,
  registrationResponse,
  verifyPasskey,
} from '../../authentication/passkeys.ts';
import { startSession } from '../../authentication/session.ts';
import { verifyOwnPassword } from '../../authentication/sign-in.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, byId, known, name, needSession } from '../accounts/rights.ts';

/** For `navigator.credentials`, as the console's library takes it. */
const options = z.object({ challenge: z.uuid(), options: z.looseObject({ challenge: z.string() }) });
const passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

const list = route({
  id: 'listPasskeys',
  method: 'GET',
  path: '/api/v1/me/passkeys',
  summary: 'Your passkeys, the oldest first',
  permission: 'signed-in',
  ...nothing,
  answer: z.object({ items: z.array(passkey) }),
  async handle({ principal }, { query }) {
    const actor = known(principal);
    needSession(actor);
    const items = await listPasskeys(query, actor.account);
    return {
      items: items.map(({ id, name, createdAt, lastUsedAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
    };
  },
});

const FRESH_MS = 15 * 60_000;

/** By the password; whoever has none has signed in a moment ago. */
async function needFresh(context: ServerContext, actor: Principal, password: string | undefined, address: string) {
  const { query, now } = context;
  const account = await findAccount(query, actor.account);
  if (account?.hasPassword) {
    if (password === undefined)
      throw new RequestProblem(400, 'invalid-request', 'Give your password.', [
        { field: 'body.password', message: 'It is asked for before ways of signing in are changed.' },
      ]);
    return verifyOwnPassword(context, { account: actor.account, name: actor.name, password, address });
  }
  const session = (await listSessions(query, actor.account, now())).find(({ id }) => id === actor.session);
  if (session === undefined || now().getTime() - session.createdAt.getTime() > FRESH_MS)
    throw new RequestProblem(403, 'sign-in-again', 'Sign in again first: you did so too long ago for this.');
}

const ask = route({
  id: 'askForPasskey',
  method: 'POST',
  path: '/api/v1/me/passkeys/options',
  summary: 'Begins to add a passkey: what the browser needs to make one',
  permission: 'signed-in',
  idempotency: 'own',
  ...nothing,
  body: z.strictObject({ password: z.string().min(1).max(1000).optional() }),
  answer: options,
  status: 201,
  async handle({ principal, body, address }, context) {
    const actor = known(principal);
    needSession(actor);
    await needFresh(context, actor, body.password, address);
    const { challenge, options } = await askForNewPasskey(context, actor);
    return { challenge, options: { ...options } };
  },
});

const add = route({
  id: 'addPasskey',
  method: 'POST',
  path: '/api/v1/me/passkeys',
  summary: 'Keeps the passkey that the browser made; from then on it signs you in, without a second factor',
  permission: 'signed-in',
  idempotency: 'own',
  ...nothing,
  body: z.strictObject({ challenge: z.uuid(), name, response: registrationResponse }),
  answer: z.object({ id: z.uuid() }),
  status: 201,
  handle({ principal, body }, context) {
    const actor = known(principal);
    needSession(actor);
    return audited(context, actor, async (query) => {
      const id = await keepPasskey(query, { account: actor.account, ...body }, context);
      return { answer: { id }, action: 'passkey.add', subject: id, details: { name: body.name } };
    });
  },
});

const rename = route({
  id: 'renamePasskey',
  method: 'PATCH',
  path: '/api/v1/me/passkeys/{id}',
  summary: 'Names one of your passkeys',
  permission: 'signed-in',
  ...nothing,
  params: byId,
  body: z.strictObject({ name }),
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal, body }, context) {
    const actor = known(principal);
    needSession(actor);
    return audited(context, actor, async (query) => {
      if (!(await renamePasskey(query, actor.account, id, body.name))) throw notFound('passkey');
      return { answer: undefined, action: 'passkey.rename', subject: id, details: { name: body.name } };
    });
  },
});

const remove = route({
  id: 'removePasskey',
  method: 'DELETE',
  path: '/api/v1/me/passkeys/{id}',
  summary: 'Removes one of your passkeys, unless it is your only way to sign in',
  permission: 'signed-in',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    needSession(actor);
    return audited(context, actor, async (query) => {
      if (!(await removePasskey(query, actor.account, id))) throw notFound('passkey');
      if (!(await canSignIn(query, actor.account)))
        throw new RequestProblem(409, 'last-way-in', 'It is your only way to sign in; add another one first.');
      return { answer: undefined, action: 'passkey.remove', subject: id };
    });
  },
});

const begin = route({
  id: 'beginPasskeySignIn',
  method: 'POST',
  path: '/api/v1/session/passkey/options',
  summary: 'Begins to sign in with a passkey: what the browser needs to ask for one',
  permission: 'anyone',
  idempotency: 'own',
  ...nothing,
  answer: options,
  status: 201,
  async handle({ headers }, context) {
    refuseForeignPage(headers);
    const { challenge, options } = await askForPasskey(context);
    return { challenge, options: { ...options } };
  },
});

const signIn = route({
  id: 'signInWithPasskey',
  method: 'POST',
  path: '/api/v1/session/passkey',
  summary: 'Signs in whose passkey answered: sets the cookie of a new session',
  permission: 'anyone',
  idempotency: 'own',
  ...nothing,
  body: z.strictObject({ challenge: z.uuid(), response: assertionResponse }),
  answer: z.object({ csrf: z.string() }),
  status: 201,
  async handle({ body, headers, address, cookie }, context) {
    refuseForeignPage(headers);
    return context.query.transaction().execute(async (query) => {
      const { id, name } = await verifyPasskey(query, body, context);
      const visitor = { account: id, address, agent: headers['user-agent'] ?? '', cookie };
      const csrf = await startSession(query, visitor, context.now());
      const details = { address, by: 'passkey' };
      await recordAudit(query, {
        principal: { account: id, name },
        action: 'session.start',
        subject: id,
        details,
        at: context.now(),
      });
      return { csrf };
    });
  },
});

export const passkeyRoutes: readonly Route[] = [list, ask, add, rename, remove, begin, signIn];
