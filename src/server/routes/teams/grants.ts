import { z } from 'zod';
import { covers, type Principal, scopesOf } from '#identity/index.ts';
import {
  addGrant,
  findAccount,
  findGrant,
  findTeam,
  type GrantedRole,
  grantsOf,
  grantsOfTeam,
  listGrants,
  type Query,
  removeGrant,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, keepAdministrator, known, needAll, role, scope } from '../accounts/rights.ts';

const grant = z.object({
  id: z.uuid(),
  account: z.uuid().nullable(),
  team: z.uuid().nullable(),
  role,
  scope,
  createdAt: z.iso.datetime(),
});

const show = ({ createdAt, ...rest }: GrantedRole) => ({ ...rest, createdAt: createdAt.toISOString() });

const list = route({
  id: 'listGrants',
  method: 'GET',
  path: '/api/v1/grants',
  summary:
    'Who has which role where, as far as you may see accounts there; of one account (with its teams) or one team, or of all',
  permission: 'accounts:read',
  ...nothing,
  search: z.object({ ...pageSearch, account: z.uuid().optional(), team: z.uuid().optional() }),
  answer: pageOf(grant),
  async handle({ search: { limit, cursor, account, team }, principal }, { query }) {
    const scopes = scopesOf(known(principal), 'accounts:read');
    const isVisible = ({ scope }: GrantedRole) => scopes.some((own) => covers(own, scope));
    if (account !== undefined) return { items: (await grantsOf(query, account)).filter(isVisible).map(show) };
    if (team !== undefined) return { items: (await grantsOfTeam(query, team)).filter(isVisible).map(show) };
    const rows = await listGrants(query, { after: readCursor(cursor, z.uuid()), limit: limit + 1 });
    const page = pageFrom(
      rows,
      limit,
      ({ id }) => id,
      (row) => row,
    );
    return { ...page, items: page.items.filter(isVisible).map(show) };
  },
});

const add = route({
  id: 'addGrant',
  method: 'POST',
  path: '/api/v1/grants',
  summary: 'Gives an account or a team a role within a scope; nobody can give more than they have',
  permission: 'accounts:write',
  ...nothing,
  body: z
    .strictObject({ account: z.uuid().nullable().default(null), team: z.uuid().nullable().default(null), role, scope })
    .refine(({ account, team }) => (account === null) !== (team === null), 'Name either an account or a team.'),
  answer: grant,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      needAll(actor, [body]);
      await needReceiver(query, actor, body);
      const createdAt = context.now();
      const id = await addGrant(query, { ...body, createdAt });
      return { answer: show({ ...body, id, createdAt }), action: 'grant.add', subject: id, details: body };
    });
  },
});

async function needReceiver(
  query: Query,
  actor: Principal,
  { account, team, scope }: Pick<GrantedRole, 'account' | 'team' | 'scope'>,
): Promise<void> {
  const missing: [field: string, isThere: boolean][] = [
    ['account', account === null || (await findAccount(query, account)) !== undefined],
    ['team', team === null || (await findTeam(query, team)) !== undefined],
    ['scope.team', scope.kind !== 'team' || (await findTeam(query, scope.team)) !== undefined],
  ];
  const fields = missing
    .filter(([, isThere]) => !isThere)
    .map(([field]) => ({ field: `body.${field}`, message: 'There is none of this id.' }));
  if (fields.length > 0)
    throw new RequestProblem(400, 'invalid-request', 'The grant is about what is not there.', fields);
  // Machines often act without anybody looking: a role for one's own account is still the word of another.
  if (account === actor.account && actor.kind === 'machine')
    throw new RequestProblem(403, 'not-allowed', 'A machine cannot give a role to itself.');
}

const remove = route({
  id: 'removeGrant',
  method: 'DELETE',
  path: '/api/v1/grants/{id}',
  summary: 'Takes a role away',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findGrant(query, id);
      if (!found) throw notFound('grant');
      needAll(actor, [found]);
      await removeGrant(query, id);
      await keepAdministrator(query);
      const { account, team, role, scope } = found;
      return { answer: undefined, action: 'grant.remove', subject: id, details: { account, team, role, scope } };
    });
  },
});

export const grantRoutes: readonly Route[] = [list, add, remove];
