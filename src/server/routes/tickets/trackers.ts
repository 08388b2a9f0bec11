import { z } from 'zod';
import type { Result } from '#foundation/index.ts';
import { scopesOf } from '#identity/index.ts';
import { type Tracker, trackers } from '#notifications/index.ts';
import {
  addTracker,
  changeTracker,
  findTracker,
  listTrackers,
  removeTracker,
  type StoredTracker,
  type TeamReach,
  usableTrackers,
} from '#storage/index.ts';
import { needReach, reachOf, unlessTaken } from '../../notifications/reach.ts';
import { mergeSettings, openSettings, readSettings, sealSettings } from '../../notifications/sealed-settings.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { type FieldProblem, notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';

const settings = z.record(z.string().max(100), z.unknown());

const tracker = z.object({
  id: z.uuid(),
  kind: z.string(),
  name: z.string(),
  team: z.uuid().nullable(),
  enabled: z.boolean(),
  /** Without the secret ones. */
  settings,
  /** Names of the secret settings that are set. */
  secrets: z.array(z.string()),
  /** Up to when changes there are known here. */
  polledAt: z.iso.datetime(),
  /** Why asking there did not work the last time. */
  error: z.string().nullable(),
});

function show(row: StoredTracker, secrets: ServerContext['secrets']): z.infer<typeof tracker> {
  const { id, kind, name, team_id: team, enabled, error } = row;
  const all = openSettings(secrets, row);
  const set = kindOf(kind).secrets.filter((secret) => all[secret] !== undefined);
  const polledAt = row.polled_at.toISOString();
  return { id, kind, name, team, enabled, settings: { ...row.settings }, secrets: set, polledAt, error };
}

const listKinds = route({
  id: 'listTrackerKinds',
  method: 'GET',
  path: '/api/v1/tracker-kinds',
  summary: 'The kinds of trackers, with a JSON Schema of their settings',
  permission: 'notifications:write',
  ...nothing,
  answer: z.object({
    items: z.array(
      z.object({ id: z.string(), title: z.string(), secrets: z.array(z.string()), settings: z.looseObject({}) }),
    ),
  }),
  handle: async () => ({
    items: [...trackers.values()].map(({ id, title, secrets, settings: schema }) => ({
      id,
      title,
      secrets: [...secrets],
      settings: { ...z.toJSONSchema(schema, { io: 'input' }) },
    })),
  }),
});

const list = route({
  id: 'listTrackers',
  method: 'GET',
  path: '/api/v1/trackers',
  summary: 'The trackers of your teams, or all if you have a say everywhere',
  permission: 'notifications:write',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(tracker),
  async handle({ search: { limit, cursor }, principal }, { query, secrets }) {
    const after = readCursor(cursor, z.uuid());
    const rows = await listTrackers(query, { reach: reachOf(known(principal)), after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ id }) => id,
      (row) => show(row, secrets),
    );
  },
});

const listUsable = route({
  id: 'listUsableTrackers',
  method: 'GET',
  path: '/api/v1/usable-trackers',
  summary: 'Where you can have tickets of findings made',
  permission: 'findings:triage',
  ...nothing,
  answer: z.object({ items: z.array(tracker.pick({ id: true, kind: true, name: true, team: true })) }),
  async handle({ principal }, { query }) {
    const scopes = scopesOf(known(principal), 'findings:triage');
    const teams = scopes.flatMap((scope) => (scope.kind === 'team' ? [scope.team] : []));
    const rows = await usableTrackers(query, scopes.some(({ kind }) => kind === 'all') ? 'all' : teams);
    return { items: rows.map(({ id, kind, name, team_id: team }) => ({ id, kind, name, team })) };
  },
});

const get = route({
  id: 'getTracker',
  method: 'GET',
  path: '/api/v1/trackers/{id}',
  summary: 'A tracker without its secrets',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: tracker,
  async handle({ params: { id }, principal }, context) {
    return show(await needTracker(context, id, reachOf(known(principal))), context.secrets);
  },
});

const add = route({
  id: 'addTracker',
  method: 'POST',
  path: '/api/v1/trackers',
  summary: 'Adds a place for tickets, for the findings of a team or of everybody; its secrets are never shown again',
  permission: 'notifications:write',
  ...nothing,
  body: z.strictObject({
    kind: z.string().max(100),
    name,
    team: z.uuid().nullable().default(null),
    enabled: z.boolean().default(true),
    settings,
  }),
  answer: tracker,
  status: 201,
  async handle({ body, principal }, context) {
    const actor = known(principal);
    needReach(actor, body.team);
    const kind = kindOf(body.kind);
    const id = crypto.randomUUID();
    const sealed = sealSettings(context.secrets, kind, id, valid(readSettings(kind, body.settings)));
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const { team, ...rest } = body;
        await addTracker(query, { ...rest, ...sealed, id, team_id: team }, context.now());
        const row = await needTracker({ query }, id, 'all');
        const details = { kind: kind.id, name: body.name, team };
        return { answer: show(row, context.secrets), action: 'tracker.add', subject: id, details };
      }),
    );
  },
});

const change = route({
  id: 'changeTracker',
  method: 'PATCH',
  path: '/api/v1/trackers/{id}',
  summary: 'Changes a tracker; secret settings that are not given stay as they are',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  body: z.strictObject({ name: name.optional(), enabled: z.boolean().optional(), settings: settings.optional() }),
  answer: tracker,
  async handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const before = await needTracker({ query }, id, reachOf(actor));
        const kind = kindOf(before.kind);
        const given = body.settings;
        const merged = given && valid(mergeSettings(kind, openSettings(context.secrets, before), given));
        const sealed = merged ? sealSettings(context.secrets, kind, id, valid(readSettings(kind, merged))) : before;
        const { name: newName = before.name, enabled = before.enabled } = body;
        const after = { id, name: newName, enabled, settings: sealed.settings, sealed: sealed.sealed };
        await changeTracker(query, after, context.now());
        const details = { changed: Object.keys(body), settings: Object.keys(given ?? {}) };
        const row = await needTracker({ query }, id, 'all');
        return { answer: show(row, context.secrets), action: 'tracker.change', subject: id, details };
      }),
    );
  },
});

const remove = route({
  id: 'removeTracker',
  method: 'DELETE',
  path: '/api/v1/trackers/{id}',
  summary: 'Removes a tracker; its tickets stay there and are forgotten here',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const { name: removed } = await needTracker({ query }, id, reachOf(actor));
      await removeTracker(query, id);
      return { answer: undefined, action: 'tracker.remove', subject: id, details: { name: removed } };
    });
  },
});

async function needTracker(
  { query }: Pick<ServerContext, 'query'>,
  id: string,
  reach: TeamReach,
): Promise<StoredTracker> {
  const found = await findTracker(query, id, reach);
  if (found === undefined) throw notFound('tracker');
  return found;
}

function kindOf(kind: string): Tracker {
  const found = trackers.get(kind);
  if (found !== undefined) return found;
  throw new RequestProblem(400, 'invalid-request', 'There is no such kind of tracker.', [
    { field: 'body.kind', message: `One of ${[...trackers.keys()].join(', ')}.` },
  ]);
}

function valid<Settings>(read: Result<Settings, readonly FieldProblem[]>): Settings {
  if (read.ok) return read.value;
  throw new RequestProblem(
    400,
    'invalid-request',
    'The settings are not as this kind of tracker needs them.',
    read.error,
  );
}

export const trackerRoutes: readonly Route[] = [listKinds, list, listUsable, get, add, change, remove];
