import { z } from 'zod';
import { globPattern } from '#foundation/patterns/index.ts';
import {
  addTrustRule,
  findAccount,
  findTrustRule,
  listTrustRules,
  removeTrustRule,
  type TrustRule,
} from '#storage/index.ts';
import { isIssuerAddress } from '../../authentication/issuer/issuer-keys.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name, needAuthorityOver, needUnlimited } from './rights.ts';

/** At least one claim that says more than "anybody": everyone in the world can have a token of a public CI system. */
const claims = z
  .record(z.string().min(1).max(100), z.string().min(1).max(500))
  .refine((given) => Object.values(given).every((glob) => globPattern(glob).ok), 'A pattern cannot be read.')
  .refine((given) => Object.keys(given).length <= 20, 'There are 20 claims at most.')
  .refine((given) => Object.values(given).some((glob) => /[^*?]/.test(glob)), 'One claim has to say who it is.');

const given = {
  name,
  issuer: z.string().max(500).refine(isIssuerAddress, 'An issuer is an https address.'),
  audience: z.string().min(1).max(500),
  claims,
  account: z.uuid(),
};

const rule = z.object({
  ...given,
  id: z.uuid(),
  createdAt: z.iso.datetime(),
});

const show = ({ createdAt, ...rest }: TrustRule) => ({ ...rest, createdAt: createdAt.toISOString() });

const list = route({
  id: 'listTrustRules',
  method: 'GET',
  path: '/api/v1/trust-rules',
  summary: 'Which tokens of CI systems are which machine account',
  permission: 'accounts:read',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(rule),
  async handle({ search: { limit, cursor }, principal }, { query }) {
    needUnlimited(known(principal), 'accounts:read');
    const rows = await listTrustRules(query, { after: readCursor(cursor, z.uuid()), limit: limit + 1 });
    return pageFrom(rows, limit, ({ id }) => id, show);
  },
});

const add = route({
  id: 'addTrustRule',
  method: 'POST',
  path: '/api/v1/trust-rules',
  summary: 'Lets CI jobs in by the token that their CI system gives them (OpenID Connect), as a machine account',
  permission: 'accounts:write',
  ...nothing,
  body: z.strictObject(given),
  answer: rule,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const account = await findAccount(query, body.account);
      await needAuthorityOver(query, actor, body.account);
      if (account?.kind !== 'machine')
        throw new RequestProblem(400, 'invalid-request', 'Tokens of a CI system are for machine accounts.', [
          { field: 'body.account', message: 'Name the account of a machine.' },
        ]);
      const createdAt = context.now();
      const id = await addTrustRule(query, { ...body, createdAt });
      return { answer: show({ ...body, id, createdAt }), action: 'trust-rule.add', subject: id, details: body };
    });
  },
});

const remove = route({
  id: 'removeTrustRule',
  method: 'DELETE',
  path: '/api/v1/trust-rules/{id}',
  summary: 'Lets those jobs in no longer',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      needUnlimited(actor, 'accounts:write');
      const found = await findTrustRule(query, id);
      if (!found) throw notFound('rule');
      await removeTrustRule(query, id);
      return { answer: undefined, action: 'trust-rule.remove', subject: id, details: { name: found.name } };
    });
  },
});

export const trustRuleRoutes: readonly Route[] = [list, add, remove];
