import { z } from 'zod';
import { eventKinds } from '#notifications/index.ts';
import {
  attemptsOf,
  eventsOfDelivery,
  eventsOfTeam,
  findDelivery,
  listDeliveries,
  replay,
  type StoredDelivery,
} from '#storage/index.ts';
import { messageEvent } from '../../notifications/events.ts';
import { reachOf } from '../../notifications/reach.ts';
import { pageFrom, pageOf, pageSearch, readCursor } from '../../paging.ts';
import { notFound, RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';

const state = z.enum(['gathering', 'waiting', 'delivered', 'dead']);

const delivery = z.object({
  id: z.uuid(),
  channel: z.uuid(),
  rule: z.uuid().nullable(),
  team: z.uuid().nullable(),
  thread: z.string(),
  /** `dead`: given up; it is sent again by a replay. */
  state,
  /** Of the next attempt, or the last. */
  runAt: z.iso.datetime(),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});

const show = (row: StoredDelivery): z.infer<typeof delivery> => ({
  id: row.id,
  channel: row.channel_id,
  rule: row.rule_id,
  team: row.team_id,
  thread: row.thread,
  state: row.state,
  runAt: row.run_at.toISOString(),
  attempts: row.attempts,
  error: row.error,
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

const list = route({
  id: 'listDeliveries',
  method: 'GET',
  path: '/api/v1/deliveries',
  summary: 'What was sent, is to be sent or was given up, the newest first',
  permission: 'notifications:write',
  ...nothing,
  search: z.object({ ...pageSearch, state: state.optional(), channel: z.uuid().optional() }),
  answer: pageOf(delivery),
  async handle({ search: { limit, cursor, state: wanted, channel }, principal }, { query }) {
    const rows = await listDeliveries(query, {
      reach: reachOf(known(principal)),
      after: readCursor(cursor, z.int()),
      limit: limit + 1,
      state: wanted,
      channel,
    });
    return pageFrom(rows, limit, ({ seq }) => seq, show);
  },
});

const SHOWN_EVENTS = 100;

const get = route({
  id: 'getDelivery',
  method: 'GET',
  path: '/api/v1/deliveries/{id}',
  summary: 'A delivery with its events and attempts',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: delivery.extend({
    events: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(eventKinds),
        at: z.iso.datetime(),
        subject: z.object({ kind: z.string(), id: z.string() }),
        title: z.string(),
      }),
    ),
    /** Also those that are not listed here. */
    eventCount: z.int(),
    attemptLog: z.array(z.object({ at: z.iso.datetime(), outcome: z.string(), error: z.string().nullable() })),
  }),
  async handle({ params: { id }, principal }, { query }) {
    const found = await findDelivery(query, id, reachOf(known(principal)));
    if (found === undefined) throw notFound('delivery');
    const { events, total } = await eventsOfDelivery(query, id, SHOWN_EVENTS);
    const ids = events.map((event) => event.id);
    // What it was about can belong to others by now.
    const visible = found.team_id === null ? undefined : await eventsOfTeam(query, ids, found.team_id);
    const shown = visible === undefined ? events : events.filter((event) => visible.has(event.id));
    return {
      ...show(found),
      events: shown.map(messageEvent).map(({ id: event, kind, at, subject, title }) => ({
        id: event,
        kind,
        at: at.toISOString(),
        subject,
        title,
      })),
      eventCount: total,
      attemptLog: (await attemptsOf(query, id)).map(({ at, ...rest }) => ({ at: at.toISOString(), ...rest })),
    };
  },
});

const again = route({
  id: 'replayDelivery',
  method: 'POST',
  path: '/api/v1/deliveries/{id}/replay',
  summary: 'Sends one again that was given up or delivered',
  permission: 'notifications:write',
  ...nothing,
  params: byId,
  answer: delivery,
  status: 202,
  handle({ params: { id }, principal }, context) {
    const actor = known(principal);
    return audited(context, actor, async (query) => {
      const found = await findDelivery(query, id, reachOf(actor));
      if (found === undefined) throw notFound('delivery');
      if (!(await replay(query, id, context.now())))
        throw new RequestProblem(409, 'not-finished', 'It is still to be sent, without a replay.');
      const after = await findDelivery(query, id, 'all');
      return { answer: show(after ?? found), action: 'delivery.replay', subject: id };
    });
  },
});

export const deliveryRoutes: readonly Route[] = [list, get, again];
