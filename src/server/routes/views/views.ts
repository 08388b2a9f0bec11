import { z } from 'zod';
import type { Principal } from '#identity/index.ts';
import {
  addView,
  countViews,
  findView,
  isMember,
  listViews,
  type Query,
  removeView,
  updateView,
  type ViewRow,
} from '#storage/index.ts';
import { assertUnchanged } from '../../entity-tag.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';
import { filterText, readFilter, sort } from '../findings/shape.ts';

const MAX_VIEWS = 500;

const written = z.strictObject({
  name,
  filter: filterText,
  /** Names of columns in their order. */
  columns: z
    .array(z.string().regex(/^[a-z][a-zA-Z-]{0,39}$/))
    .max(40)
    .default([]),
  sort,
  /** A team of yours, whose members see and change it; without, it is private. */
  team: z.uuid().nullable().default(null),
});

const view = z.object({
  ...written.shape,
  id: z.uuid(),
  account: z.uuid(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});

function show(row: ViewRow): z.infer<typeof view> {
  return {
    id: row.id,
    account: row.account_id,
    team: row.team_id,
    name: row.name,
    filter: row.filter,
    columns: row.columns,
    sort: sort.parse(row.sort),
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}

const list = route({
  id: 'listViews',
  method: 'GET',
  path: '/api/v1/views',
  summary: 'Your saved views and those of your teams',
  permission: 'findings:read',
  ...nothing,
  answer: z.object({ items: z.array(view) }),
  handle: async ({ principal }, { query }) => ({
    items: (await listViews(query, known(principal).account)).map(show),
  }),
});

const get = route({
  id: 'getView',
  method: 'GET',
  path: '/api/v1/views/{id}',
  summary: 'One saved view',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: view,
  handle: async ({ params, principal }, { query }) => show(await found(query, params.id, known(principal), false)),
});

const add = route({
  id: 'addView',
  method: 'POST',
  path: '/api/v1/views',
  summary: 'Saves a view: a name, a filter, columns and an order',
  permission: 'findings:read',
  ...nothing,
  body: written,
  answer: view,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const at = context.now();
      await check(query, actor, body, at);
      if ((await countViews(query, actor.account)) >= MAX_VIEWS)
        throw new RequestProblem(409, 'too-many', `Nobody has more than ${MAX_VIEWS} views; remove some.`);
      const { team, ...rest } = body;
      const row = await addView(query, {
        ...rest,
        team_id: team,
        account_id: actor.account,
        created_at: at,
        changed_at: at,
      });
      return { answer: show(row), action: 'view.add', subject: `view ${row.id}`, details: { name: row.name, team } };
    });
  },
});

const set = route({
  id: 'setView',
  method: 'PUT',
  path: '/api/v1/views/{id}',
  summary: 'Changes a saved view',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  body: written,
  answer: view,
  handle({ params, body, headers, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const before = await found(query, params.id, actor, true);
      assertUnchanged(headers, show(before));
      await check(query, actor, body, context.now());
      if (before.account_id !== actor.account && body.team !== before.team_id)
        throw new RequestProblem(
          403,
          'not-allowed',
          'Only who made the view gives it to another team, or takes it back.',
        );
      const { team, ...rest } = body;
      const row = await updateView(query, params.id, { ...rest, team_id: team, changed_at: context.now() });
      return { answer: show(row), action: 'view.set', subject: `view ${row.id}`, details: { name: row.name, team } };
    });
  },
});

const remove = route({
  id: 'removeView',
  method: 'DELETE',
  path: '/api/v1/views/{id}',
  summary: 'Removes a saved view',
  permission: 'findings:read',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params, headers, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const row = await found(query, params.id, actor, true);
      assertUnchanged(headers, show(row));
      await removeView(query, row.id);
      return { answer: undefined, action: 'view.remove', subject: `view ${row.id}`, details: { name: row.name } };
    });
  },
});

/** One's own or one of a team of one's own; of others nobody learns that they are there. */
async function found(query: Query, id: string, { account }: Principal, isLocked: boolean): Promise<ViewRow> {
  const row = await findView(query, id, isLocked);
  const isOurs =
    row !== undefined &&
    (row.account_id === account || (row.team_id !== null && (await isMember(query, row.team_id, account))));
  if (row === undefined || !isOurs) throw notFound('view');
  return row;
}

async function check(query: Query, actor: Principal, { filter, team }: z.infer<typeof written>, now: Date) {
  readFilter(filter, now, 'body.filter');
  if (team !== null && !(await isMember(query, team, actor.account)))
    throw new RequestProblem(403, 'not-allowed', 'You are not a member of this team.');
}

export const viewRoutes: readonly Route[] = [list, get, add, set, remove];
