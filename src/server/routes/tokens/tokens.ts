import { z } from 'zod';
import {
  formatToken,
  type Grant,
  hashSecret,
  limited,
  mayGrant,
  newSecret,
  type Principal,
  scopesOf,
} from '#identity/index.ts';
import {
  addToken,
  findAccount,
  findToken,
  type ListedToken,
  listTokens,
  type Query,
  revokeToken,
} from '#storage/index.ts';
import { principalOf } from '../../authentication/principal.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import {
  audited,
  byId,
  known,
  name,
  needAuthorityOver,
  needSession,
  needUnlimited,
  permission,
  scope,
} from '../accounts/rights.ts';

const DAY_MS = 24 * 60 * 60_000;

const token = z.object({
  id: z.uuid(),
  account: z.uuid(),
  name: z.string(),
  permissions: z.array(permission),
  scope,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

const show = ({ permissions, createdAt, expiresAt, lastUsedAt, ...rest }: ListedToken) => ({
  ...rest,
  permissions: [...permissions],
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

const list = route({
  id: 'listTokens',
  method: 'GET',
  path: '/api/v1/tokens',
  summary: 'Your tokens that are good, or those of another account; never their secrets',
  permission: 'signed-in',
  ...nothing,
  search: z.object({ ...pageSearch, account: z.uuid().optional() }),
  answer: pageOf(token),
  async handle({ search: { limit, cursor, account }, principal }, { query, now }) {
    const actor = known(principal);
    if (account !== undefined && account !== actor.account) needUnlimited(actor, 'accounts:read');
    else needTokenRights(actor);
    const page = { after: readCursor(cursor, z.uuid()), limit: limit + 1 };
    return pageFrom(await listTokens(query, account ?? actor.account, now(), page), limit, ({ id }) => id, show);
  },
});

const add = route({
  id: 'addToken',
  method: 'POST',
  path: '/api/v1/tokens',
  summary: 'A token for yourself or for a machine; shown now and never again, and never worth more than its account',
  permission: 'tokens:write',
  idempotency: 'secret',
  ...nothing,
  body: z.strictObject({
    name,
    permissions: z.array(permission).min(1).max(100),
    /** `all`: wherever the account has the permissions. */
    scope: scope.default({ kind: 'all' }),
    days: z.int().min(1).max(365).default(90),
    account: z.uuid().optional(),
  }),
  answer: z.object({ token: z.string(), ...token.shape }),
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    const { name, permissions, scope, days } = body;
    return audited(context, actor, async (query) => {
      const owner = await ownerOf(query, actor, body.account);
      needWithin(actor, owner, { permissions: new Set(permissions), scope });
      const [secret, createdAt] = [newSecret(), context.now()];
      const made = {
        account: owner.account,
        name,
        permissions,
        scope,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + days * DAY_MS),
      };
      const id = await addToken(query, { ...made, hash: hashSecret(secret) });
      const text = formatToken({ kind: owner.kind === 'person' ? 'user' : 'machine', id, secret });
      const answer = { token: text, ...show({ ...made, id, lastUsedAt: null }) };
      return {
        answer,
        action: 'token.add',
        subject: id,
        details: { account: owner.account, name, permissions, scope, days },
      };
    });
  },
});

/** Nobody makes a token in the name of another person: the audit log would speak of the wrong one. */
async function ownerOf(query: Query, actor: Principal, account: string | undefined): Promise<Principal> {
  if (account === undefined || account === actor.account) return actor;
  const found = await findAccount(query, account);
  await needAuthorityOver(query, actor, account);
  if (found?.kind === 'machine') return principalOf(query, found);
  throw new RequestProblem(400, 'invalid-request', 'A token is for yourself or for a machine.', [
    { field: 'body.account', message: 'Name the account of a machine.' },
  ]);
}

/** By a token only what that token itself may do can be passed on, wherever its account may do more. */
function needWithin(actor: Principal, owner: Principal, limits: Grant): void {
  const left = limited(owner.grants, limits);
  const has = [...limits.permissions].every((one) => left.some(({ permissions }) => permissions.has(one)));
  if (has && (owner !== actor || actor.session !== undefined || mayGrant(actor, limits))) return;
  throw new RequestProblem(403, 'more-than-you-have', 'The account does not have all of these permissions there.');
}

const revoke = route({
  id: 'revokeToken',
  method: 'DELETE',
  path: '/api/v1/tokens/{id}',
  summary: 'Makes a token worthless at once',
  permission: 'signed-in',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findToken(query, id);
      if (!found) throw notFound('token');
      if (found.account === actor.account) needTokenRights(actor);
      else needUnlimited(actor, 'accounts:write');
      await revokeToken(query, id, context.now());
      return {
        answer: undefined,
        action: 'token.revoke',
        subject: id,
        details: { account: found.account, name: found.name },
      };
    });
  },
});

function needTokenRights(actor: Principal): void {
  if (scopesOf(actor, 'tokens:write').length === 0) needSession(actor);
}

export const tokenRoutes: readonly Route[] = [list, add, revoke];
