import { z } from 'zod';
import type { Result } from '#foundation/index.ts';
import { type Channel, channels } from '#notifications/index.ts';
import {
  addChannel,
  changeChannel,
  findChannel,
  listChannels,
  removeChannel,
  type StoredChannel,
  type TeamReach,
} from '#storage/index.ts';
import { needReach, reachOf, unlessTaken } from '../../notifications/reach.ts';
import { mergeSettings, openSettings, readSettings, sealSettings } from '../../notifications/sealed-settings.ts';
import { sendMessage } from '../../notifications/send.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { type FieldProblem, notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route, type ServerContext } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';

const settings = z.record(z.string().max(100), z.unknown());

const channel = z.object({
  id: z.uuid(),
  kind: z.string(),
  name: z.string(),
  team: z.uuid().nullable(),
  enabled: z.boolean(),
  /** Without the secret ones. */
  settings,
  /** Names of the secret settings that are set. */
  secrets: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

function show(row: StoredChannel, secrets: ServerContext['secrets']): z.infer<typeof channel> {
  const { id, kind, name, team_id: team, enabled } = row;
  const all = openSettings(secrets, row);
  return {
    id,
    kind,
    name,
    team,
    enabled,
    settings: { ...row.settings },
    secrets: kindOf(kind).secrets.filter((secret) => all[secret] !== undefined),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

const listKinds = route({
  id: 'listChannelKinds',
  method: 'GET',
  path: '/api/v1/channel-kinds',
  summary: 'The kinds of channels, with a JSON Schema of their settings',
  permission: 'notifications:write',
  ...nothing,
  answer: z.object({
    items: z.array(
      z.object({ id: z.string(), title: z.string(), secrets: z.array(z.string()), settings: z.looseObject({}) }),
    ),
  }),
  handle: async () => ({
    items: [...channels.values()].map(({ id, title, secrets, settings: schema }) => ({
      id,
      title,
      secrets: [...secrets],
      settings: { ...z.toJSONSchema(schema, { io: 'input' }) },
    })),
  }),
});

const list = route({
  id: 'listChannels',
  method: 'GET',
  path: '/api/v1/channels',
  summary: 'The channels of your teams, or all if you have a say everywhere',
  permission: 'notifications:write',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(channel),
  async handle({ search: { limit, cursor }, principal }, { query, secrets }) {
    const after = readCursor(cursor, z.uuid());
    const rows = await listChannels(query, { reach: reachOf(known(principal)), after, limit: limit + 1 });
    return pageFrom(
      rows,
      limit,
      ({ id }) => id,
      (row) => show(row, secrets),
    );
  },
});

const get = route({
  id: 'getChannel',
  method: 'GET',
  path: '/api/v1/channels/{id}',
  summary: 'A channel without its secrets',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: channel,
  async handle({ params: { id }, principal }, context) {
    return show(await needChannel(context, id, reachOf(known(principal))), context.secrets);
  },
});

const add = route({
  id: 'addChannel',
  method: 'POST',
  path: '/api/v1/channels',
  summary: 'Adds a way to tell somebody, for a team or for everybody; its secrets are never shown again',
  permission: 'notifications:write',
  ...nothing,
  body: z.strictObject({
    kind: z.string().max(100),
    name,
    team: z.uuid().nullable().default(null),
    enabled: z.boolean().default(true),
    settings,
  }),
  answer: channel,
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
        await addChannel(query, { ...rest, ...sealed, id, team_id: team }, context.now());
        const row = await needChannel({ query }, id, 'all');
        const details = { kind: kind.id, name: body.name, team };
        return { answer: show(row, context.secrets), action: 'channel.add', subject: id, details };
      }),
    );
  },
});

const change = route({
  id: 'changeChannel',
  method: 'PATCH',
  path: '/api/v1/channels/{id}',
  summary: 'Changes a channel; secret settings that are not given stay as they are',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  body: z.strictObject({ name: name.optional(), enabled: z.boolean().optional(), settings: settings.optional() }),
  answer: channel,
  async handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const before = await needChannel({ query }, id, reachOf(actor));
        const kind = kindOf(before.kind);
        const given = body.settings;
        const merged = given && valid(mergeSettings(kind, openSettings(context.secrets, before), given));
        const sealed = merged ? sealSettings(context.secrets, kind, id, valid(readSettings(kind, merged))) : before;
        const { name: newName = before.name, enabled = before.enabled } = body;
        const after = { id, name: newName, enabled, settings: sealed.settings, sealed: sealed.sealed };
        await changeChannel(query, after, context.now());
        const details = { changed: Object.keys(body), settings: Object.keys(given ?? {}) };
        const row = await needChannel({ query }, id, 'all');
        return { answer: show(row, context.secrets), action: 'channel.change', subject: id, details };
      }),
    );
  },
});

const remove = route({
  id: 'removeChannel',
  method: 'DELETE',
  path: '/api/v1/channels/{id}',
  summary: 'Removes a channel with its rules and deliveries',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const { name: removed } = await needChannel({ query }, id, reachOf(actor));
      await removeChannel(query, id);
      return { answer: undefined, action: 'channel.remove', subject: id, details: { name: removed } };
    });
  },
});

const test = route({
  id: 'testChannel',
  method: 'POST',
  path: '/api/v1/channels/{id}/test',
  summary: 'Sends a message through the channel now and says what came of it',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: z.object({ outcome: z.enum(['delivered', 'failed', 'rejected']), error: z.string().optional() }),
  async handle({ params: { id }, principal }, context) {
    const { now, secrets, outbound } = context;
    const actor = known(principal);
    const stored = await needChannel(context, id, reachOf(actor));
    await audited(context, actor, async () => ({ answer: undefined, action: 'channel.test', subject: id }));
    const outcome = await sendMessage(
      kindOf(stored.kind),
      testMessage(stored, now()),
      openSettings(secrets, stored),
      undefined,
      {
        outbound,
        now: now(),
      },
    );
    return { outcome: outcome.kind, ...(outcome.kind !== 'delivered' && { error: outcome.error }) };
  },
});

function testMessage({ id, name: title }: StoredChannel, at: Date) {
  const event = {
    id: crypto.randomUUID(),
    kind: 'channel.test' as const,
    at,
    subject: { kind: 'channel', id },
    title: `Test of the channel ${title}`,
    severity: 'info' as const,
    details: {},
  };
  return { id: crypto.randomUUID(), thread: `channel ${id}`, events: [event], total: 1 };
}

async function needChannel(
  { query }: Pick<ServerContext, 'query'>,
  id: string,
  reach: TeamReach,
): Promise<StoredChannel> {
  const found = await findChannel(query, id, reach);
  if (found === undefined) throw notFound('channel');
  return found;
}

function kindOf(kind: string): Channel {
  const found = channels.get(kind);
  if (found !== undefined) return found;
  const known = [...channels.keys()].join(', ');
  throw new RequestProblem(400, 'invalid-request', 'There is no such kind of channel.', [
    { field: 'body.kind', message: `One of ${known}.` },
  ]);
}

function valid<Settings>(read: Result<Settings, readonly FieldProblem[]>): Settings {
  if (read.ok) return read.value;
  throw new RequestProblem(
    400,
    'invalid-request',
    'The settings are not as this kind of channel needs them.',
    read.error,
  );
}

export const channelRoutes: readonly Route[] = [listKinds, list, get, add, change, remove, test];
