import { z } from 'zod';
import { severities } from '#model/index.ts';
import {
  eventKinds,
  groupings,
  isTimeZone,
  type QuietHours,
  type RuleFilter,
  type Schedule,
} from '#notifications/index.ts';
import {
  addRule,
  changeRule,
  findChannel,
  findRule,
  listRules,
  type Query,
  removeRule,
  type StoredRule,
  type TeamReach,
} from '#storage/index.ts';
import { needReach, reachOf, unlessTaken } from '../../notifications/reach.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known, name } from '../accounts/rights.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, as 09:00.');

const filter = z.strictObject({
  events: z.array(z.enum(eventKinds)).max(50).default([]),
  severities: z.array(z.enum(severities)).max(10).default([]),
  findingKinds: z.array(z.string().max(100)).max(50).default([]),
});

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('instant') }),
  z.strictObject({ kind: z.literal('hourly') }),
  z.strictObject({ kind: z.literal('daily'), at: timeOfDay }),
]);

const content = {
  name,
  channel: z.uuid(),
  enabled: z.boolean(),
  filter,
  grouping: z.enum(groupings),
  schedule,
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
  timeZone: z.string().max(100).refine(isTimeZone, 'A time zone, as Europe/Berlin.'),
};

const rule = z.object({
  id: z.uuid(),
  team: z.uuid().nullable(),
  ...content,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const show = (row: StoredRule): z.infer<typeof rule> => ({
  id: row.id,
  name: row.name,
  team: row.team_id,
  channel: row.channel_id,
  enabled: row.enabled,
  filter: {
    events: [...row.filter.events],
    severities: [...row.filter.severities],
    findingKinds: [...row.filter.findingKinds],
  },
  grouping: row.grouping_by,
  schedule: row.schedule,
  quietHours: row.quiet_hours,
  timeZone: row.time_zone,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const list = route({
  id: 'listNotificationRules',
  method: 'GET',
  path: '/api/v1/notification-rules',
  summary: 'What goes to which channel, and when',
  permission: 'notifications:write',
  ...nothing,
  search: z.object(pageSearch),
  answer: pageOf(rule),
  async handle({ search: { limit, cursor }, principal }, { query }) {
    const after = readCursor(cursor, z.uuid());
    const rows = await listRules(query, { reach: reachOf(known(principal)), after, limit: limit + 1 });
    return pageFrom(rows, limit, ({ id }) => id, show);
  },
});

const get = route({
  id: 'getNotificationRule',
  method: 'GET',
  path: '/api/v1/notification-rules/{id}',
  summary: 'A rule of what goes to which channel',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: rule,
  async handle({ params: { id }, principal }, { query }) {
    return show(await needRule(query, id, reachOf(known(principal))));
  },
});

const add = route({
  id: 'addNotificationRule',
  method: 'POST',
  path: '/api/v1/notification-rules',
  summary:
    'Adds a rule: which events go to which channel, together with which, and when; of a team it sees what the team owns',
  permission: 'notifications:write',
  ...nothing,
  body: z.strictObject({
    ...content,
    team: z.uuid().nullable().default(null),
    enabled: content.enabled.default(true),
    filter: filter.default({ events: [], severities: [], findingKinds: [] }),
    grouping: content.grouping.default('asset').meta({
      description:
        'What becomes one message. The first report of an image opens hundreds of findings: finding tells each of them',
    }),
    schedule: schedule.default({ kind: 'instant' }),
    quietHours: content.quietHours.default(null),
    timeZone: content.timeZone.default('UTC'),
  }),
  answer: rule,
  status: 201,
  handle({ body, principal }, context) {
    const actor = known(principal);
    needReach(actor, body.team);
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        await needFittingChannel(query, body.channel, body.team, reachOf(actor));
        const id = await addRule(query, { ...columns(body), team_id: body.team }, context.now());
        const answer = show(await needRule(query, id, 'all'));
        return { answer, action: 'notification-rule.add', subject: id, details: body };
      }),
    );
  },
});

const change = route({
  id: 'changeNotificationRule',
  method: 'PATCH',
  path: '/api/v1/notification-rules/{id}',
  summary: 'Changes a rule; what is not given stays',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  body: z.strictObject(content).partial(),
  answer: rule,
  handle({ params: { id }, body, principal }, context) {
    const actor = known(principal);
    return unlessTaken(() =>
      audited(context, actor, async (query) => {
        const before = show(await needRule(query, id, reachOf(actor)));
        const after = merged(before, body);
        await needFittingChannel(query, after.channel, before.team, reachOf(actor));
        await changeRule(query, { ...columns(after), id }, context.now());
        const answer = show(await needRule(query, id, 'all'));
        return { answer, action: 'notification-rule.change', subject: id, details: body };
      }),
    );
  },
});

const remove = route({
  id: 'removeNotificationRule',
  method: 'DELETE',
  path: '/api/v1/notification-rules/{id}',
  summary: 'Removes a rule; what it gathered is still sent',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: z.undefined(),
  status: 204,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const { name: removed } = await needRule(query, id, reachOf(actor));
      await removeRule(query, id);
      return { answer: undefined, action: 'notification-rule.remove', subject: id, details: { name: removed } };
    });
  },
});

type Given = { readonly [Name in keyof Content]?: Content[Name] | undefined };

function merged(before: Content, given: Given): Content {
  return {
    name: given.name ?? before.name,
    channel: given.channel ?? before.channel,
    enabled: given.enabled ?? before.enabled,
    filter: given.filter ?? before.filter,
    grouping: given.grouping ?? before.grouping,
    schedule: given.schedule ?? before.schedule,
    quietHours: given.quietHours === undefined ? before.quietHours : given.quietHours,
    timeZone: given.timeZone ?? before.timeZone,
  };
}

interface Content {
  readonly name: string;
  readonly channel: string;
  readonly enabled: boolean;
  readonly filter: RuleFilter;
  readonly grouping: StoredRule['grouping_by'];
  readonly schedule: Schedule;
  readonly quietHours: QuietHours | null;
  readonly timeZone: string;
}

function columns(given: Content) {
  return {
    name: given.name,
    channel_id: given.channel,
    enabled: given.enabled,
    filter: given.filter,
    grouping_by: given.grouping,
    schedule: given.schedule,
    quiet_hours: given.quietHours,
    time_zone: given.timeZone,
  };
}

async function needRule(query: Query, id: string, reach: TeamReach): Promise<StoredRule> {
  const found = await findRule(query, id, reach);
  if (found === undefined) throw notFound('notification rule');
  return found;
}

/** Who can change a team's channel decides where it leads: only what that team may know goes there. */
async function needFittingChannel(query: Query, id: string, team: string | null, reach: TeamReach): Promise<void> {
  const channel = await findChannel(query, id, reach);
  if (channel !== undefined && (channel.team_id === null || channel.team_id === team)) return;
  const message = channel === undefined ? 'There is none of this id.' : 'The channel is of another team than the rule.';
  throw new RequestProblem(400, 'invalid-request', 'The rule needs another channel.', [
    { field: 'body.channel', message },
  ]);
}

export const notificationRuleRoutes: readonly Route[] = [list, get, add, change, remove];
