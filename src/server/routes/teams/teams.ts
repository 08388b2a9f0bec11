import { z } from 'zod';
import { mayGrant, type Principal } from '#identity/index.ts';
import {
  addMember,
  addTeam,
  findAccount,
  findTeam,
  grantsOfTeam,
  isMember,
  listMembers,
  listTeams,
  type Query,
  removeMember,
  removeTeam,
  renameTeam,
  type Team,
} from '#storage/index.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import {
  audited,
  byId,
  keepAdministrator,
  known,
  name,
  needAll,
  needUnlimited,
  unlessUsed,
} from '../accounts/rights.ts';

const team = z.object({ id: z.uuid(), name: z.string(), createdAt: z.iso.datetime() });
const show = ({ createdAt, ...rest }: Team) => ({ ...rest, createdAt: createdAt.toISOString() });

/** Everybody sees the teams that they are in or have rights about; who has a right everywhere sees all. */
function amongOf({ account, grants }: Principal) {
  if (grants.some(({ scope }) => scope.kind === 'all')) return {};
  const teams = grants.flatMap(({ scope }) => (scope.kind === 'team' ? [scope.team] : []));
  return { among: { teams, account } };
}

const list = route({
  id: 'listTeams',
  method: 'GET',
  path: '/api/v1/teams',
  summary: 'Teams that you are in or have rights about',
  permission: 'signed-in',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(team),
  async handle({ search: { limit, cursor }, principal }, { query }) {
    const page = { after: readCursor(cursor, z.uuid()), limit: limit + 1, ...amongOf(known(principal)) };
    return pageFrom(await listTeams(query, page), limit, ({ id }) => id, show);
  },
});

const members = route({
  id: 'listMembers',
  method: 'GET',
  path: '/api/v1/teams/{id}/members',
  summary: 'Who is in a team',
  permission: 'signed-in',
  ...nothing,
  params: byId,
  search: z.object(pageSearch),
  answer: pageOf(z.object({ id: z.uuid(), name: z.string() })),
  async handle({ params, search: { limit, cursor }, principal }, { query }) {
    await needVisible(query, known(principal), params.id);
    const page = { after: readCursor(cursor, z.uuid()), limit: limit + 1 };
    return pageFrom(
      await listMembers(query, params.id, page),
      limit,
      ({ id }) => id,
      (row) => row,
    );
  },
});

async function needVisible(query: Query, principal: Principal, id: string): Promise<Team> {
  const found = await findTeam(query, id);
  const { among } = amongOf(principal);
  if (!found) throw notFound('team');
  if (!among || among.teams.includes(id)) return found;
  if (await isMember(query, id, principal.account)) return found;
  throw notFound('team');
}

const add = route({
  id: 'addTeam',
  method: 'POST',
  path: '/api/v1/teams',
  summary: 'Adds a team, without members and rights',
  permission: 'accounts:write',
  ...nothing,
  body: z.strictObject({ name }),
  answer: team,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needUnlimited(actor, 'accounts:write');
    return audited(context, actor, async (query) => {
      const id = await addTeam(query, body.name, context.now());
      if (id === undefined) throw nameTaken();
      const answer = { id, name: body.name, createdAt: context.now().toISOString() };
      return { answer, action: 'team.add', subject: id, details: body };
    });
  },
});

const rename = route({
  id: 'renameTeam',
  method: 'PATCH',
  path: '/api/v1/teams/{id}',
  summary: 'Gives a team another name',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  body: z.strictObject({ name }),
  answer: team,
  handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await needVisible(query, actor, id);
      needTeam(actor, id);
      if (!(await renameTeam(query, id, body.name))) throw nameTaken();
      const details = { from: found.name, to: body.name };
      return { answer: show({ ...found, name: body.name }), action: 'team.rename', subject: id, details };
    });
  },
});

const remove = route({
  id: 'removeTeam',
  method: 'DELETE',
  path: '/api/v1/teams/{id}',
  summary: 'Removes a team with all its rights; what it owned is nobody’s then',
  permission: 'accounts:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      needUnlimited(actor, 'accounts:write');
      const found = await needVisible(query, actor, id);
      needAll(actor, await grantsOfTeam(query, id));
      await unlessUsed('team', () => removeTeam(query, id));
      await keepAdministrator(query);
      return { answer: undefined, action: 'team.remove', subject: id, details: { name: found.name } };
    });
  },
});

const memberParams = z.object({ id: z.uuid(), account: z.uuid() });

const join = route({
  id: 'addMember',
  method: 'PUT',
  path: '/api/v1/teams/{id}/members/{account}',
  summary: 'Puts an account into a team: it has the rights of the team from then on',
  permission: 'accounts:write',
  ...nothing,
  params: memberParams,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id, account }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await needTeamRights(query, actor, id);
      if (!(await findAccount(query, account))) throw notFound('account');
      await addMember(query, id, account);
      return { answer: undefined, action: 'team.join', subject: id, details: { account } };
    });
  },
});

const leave = route({
  id: 'removeMember',
  method: 'DELETE',
  path: '/api/v1/teams/{id}/members/{account}',
  summary: 'Takes an account out of a team',
  permission: 'accounts:write',
  ...nothing,
  params: memberParams,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id, account }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      await needTeamRights(query, actor, id);
      await removeMember(query, id, account);
      await keepAdministrator(query);
      return { answer: undefined, action: 'team.leave', subject: id, details: { account } };
    });
  },
});

async function needTeamRights(query: Query, actor: Principal, id: string): Promise<void> {
  await needVisible(query, actor, id);
  needTeam(actor, id);
  needAll(actor, await grantsOfTeam(query, id));
}

function needTeam(actor: Principal, team: string): void {
  if (mayGrant(actor, { permissions: new Set(['accounts:write']), scope: { kind: 'team', team } })) return;
  throw new RequestProblem(403, 'not-allowed', 'This needs the permission accounts:write for this team.');
}

function nameTaken(): RequestProblem {
  return new RequestProblem(409, 'name-taken', 'There is a team of this name.', [
    { field: 'body.name', message: 'Choose another name.' },
  ]);
}

export const teamRoutes: readonly Route[] = [list, add, rename, remove, members, join, leave];
