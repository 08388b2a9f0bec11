import { z } from 'zod';
import {
  type Account,
  addAccount,
  changeAccount,
  endSessions,
  findAccount,
  listAccounts,
  removeAccount,
  removeTotp,
} from '#storage/index.ts';
import { makeLink } from '../../authentication/link.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import {
  audited,
  byId,
  keepAdministrator,
  known,
  name,
  needAuthorityOver,
  needUnlimited,
  unlessUsed,
} from './rights.ts';

const account = z.object({
  id: z.uuid(),
  kind: z.enum(['person', 'machine']),
  name: z.string(),
  email: z.string().nullable(),
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: z.iso.datetime(),
});

const show = ({ createdAt, ...rest }: Account) => ({ ...rest, createdAt: createdAt.toISOString() });

const list = route({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/v1/accounts',
  summary: 'People and machines that may use this',
  permission: 'accounts:read',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(account),
  async handle({ search: { limit, cursor } }, { query }) {
    const rows = await listAccounts(query, { after: readCursor(cursor, z.uuid()), limit: limit + 1 });
    return pageFrom(rows, limit, ({ id }) => id, show);
  },
});

const get = route({
  id: 'getAccount',
  method: 'GET',
  path: '/api/v1/accounts/{id}',
  summary: 'One account',
  permission: 'accounts:read',
  ...nothing,
  params: byId,
  answer: account,
  async handle({ params: { id } }, { query }) {
    const found = await findAccount(query, id);
    if (!found) throw notFound('account');
    return show(found);
  },
});

const add = route({
  id: 'addAccount',
  method: 'POST',
  path: '/api/v1/accounts',
  summary:
    'Adds a person, who then needs a link, or a machine, which then needs a token or a trust rule; both then need grants',
  permission: 'accounts:write',
  ...nothing,
  body: z.strictObject({
    kind: z.enum(['person', 'machine']),
    name,
    email: z.email().max(320).nullable().default(null),
  }),
  answer: account,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'accounts:write');
    return audited(context, actor, async (query) => {
      const id = await addAccount(query, body, context.now());
      const found = id === undefined ? undefined : await findAccount(query, id);
      if (!found)
        throw new RequestProblem(409, 'name-taken', 'There is an account of this name.', [
          { field: 'body.name', message: 'Choose another name.' },
        ]);
      const details = { kind: body.kind, name: body.name };
      return { answer: show(found), action: 'account.add', subject: found.id, details };
    });
  },
});

const change = route({
  id: 'changeAccount',
  method: 'PATCH',
  path: '/api/v1/accounts/{id}',
  summary: 'Disables or enables an account, changes its address, or takes away a second factor that was lost',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  body: z.strictObject({
    email: z.email().max(320).nullable().optional(),
    disabled: z.boolean().optional(),
    hasSecondFactor: z.literal(false).optional(),
  }),
  answer: account,
  handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      if (!(await findAccount(query, id))) throw notFound('account');
      await needAuthorityOver(query, actor, id);
      const { email, disabled, hasSecondFactor } = body;
      const changes = { ...(email !== undefined && { email }), ...(disabled !== undefined && { disabled }) };
      await changeAccount(query, id, changes, context.now());
      if (hasSecondFactor === false) await removeTotp(query, id);
      if (disabled) {
        await endSessions(query, id);
        await keepAdministrator(query);
      }
      const found = await findAccount(query, id);
      if (!found) throw notFound('account');
      return { answer: show(found), action: 'account.change', subject: id, details: body };
    });
  },
});

const remove = route({
  id: 'removeAccount',
  method: 'DELETE',
  path: '/api/v1/accounts/{id}',
  summary: 'Removes an account with its tokens, sessions and grants; what it did stays in the audit log',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findAccount(query, id);
      if (!found) throw notFound('account');
      await needAuthorityOver(query, actor, id);
      await unlessUsed('account', () => removeAccount(query, id));
      await keepAdministrator(query);
      return { answer: undefined, action: 'account.remove', subject: id, details: { name: found.name } };
    });
  },
});

const link = route({
  id: 'makeSignInLink',
  method: 'POST',
  path: '/api/v1/accounts/{id}/link',
  summary: 'A link by which the person sets a password, once, within a day; shown now and never again',
  permission: 'accounts:write',
  idempotency: 'secret',
  ...nothing,
  params: byId,
  answer: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
  status: 201,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findAccount(query, id);
      if (found?.kind !== 'person') throw notFound('person');
      await needAuthorityOver(query, actor, id);
      const { token, expiresAt } = await makeLink(query, id, context.now());
      return { answer: { token, expiresAt: expiresAt.toISOString() }, action: 'account.link', subject: id };
    });
  },
});

export const accountRoutes: readonly Route[] = [list, get, add, change, remove, link];
