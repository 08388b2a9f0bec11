import { z } from 'zod';
import { channels, type Message, nextAttempt, type Outcome } from '#notifications/index.ts';
import {
  DELIVER,
  enqueue,
  eventsOfDelivery,
  eventsOfTeam,
  findChannel,
  findThread,
  isBehindAnother,
  noteThread,
  type Query,
  recordAttempt,
  removeOldDeliveries,
  type StoredChannel,
  type StoredDelivery,
  takeDelivery,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import type { ServerContext } from '../route.ts';
import { messageEvent } from './events.ts';
import { openSettings } from './sealed-settings.ts';
import { sendMessage } from './send.ts';

const payload = z.object({ delivery: z.uuid() });

/** Events that are told one by one; the others are counted. */
const MAX_EVENTS = 100;
const BEHIND_MS = 5000;

/**
 * Sends one message. At least once: when this process ends between the sending and writing that down, it is sent again, with the same ids.
 */
export const deliver: JobHandler = async (given, context, signal) => {
  const { query, now } = context;
  const delivery = await takeDelivery(query, payload.parse(given).delivery);
  if (delivery === undefined) return;
  if (await isBehindAnother(query, delivery)) {
    const runAt = new Date(now().getTime() + BEHIND_MS);
    await enqueue(query, { kind: DELIVER, payload: { delivery: delivery.id }, runAt });
    return;
  }
  const channel = await findChannel(query, delivery.channel_id, 'all');
  if (channel === undefined) return;
  const outcome = await send(context, delivery, channel, signal);
  await query.transaction().execute((transaction) => record(transaction, delivery, outcome, now()));
};

async function send(
  context: ServerContext,
  delivery: StoredDelivery,
  channel: StoredChannel,
  signal: AbortSignal,
): Promise<Outcome> {
  const { query, outbound, secrets, now } = context;
  if (!channel.enabled) return { kind: 'rejected', error: 'the channel is switched off' };
  const kind = channels.get(channel.kind);
  if (kind === undefined) return { kind: 'rejected', error: `there is no kind of channel ${channel.kind}` };
  const message = await messageOf(query, delivery);
  if (message === undefined) return { kind: 'delivered' };
  try {
    const settings = openSettings(secrets, channel);
    const thread = await findThread(query, channel.id, delivery.thread);
    return await sendMessage(kind, message, settings, thread, { outbound, now: now(), signal });
  } catch (error) {
    // A mistake of ours or of the key file: kept where people look for it.
    return { kind: 'failed', error: error instanceof z.ZodError ? 'its settings are not valid' : String(error) };
  }
}

/** Undefined when nothing is left to tell: assets can have changed hands since. */
async function messageOf(query: Query, { id, team_id: team, thread }: StoredDelivery): Promise<Message | undefined> {
  const { events, total } = await eventsOfDelivery(query, id, MAX_EVENTS);
  const ids = events.map((event) => event.id);
  const visible = team === null ? undefined : await eventsOfTeam(query, ids, team);
  const told = visible === undefined ? events : events.filter((event) => visible.has(event.id));
  if (told.length === 0) return undefined;
  return { id, thread, events: told.map(messageEvent), total: total - (events.length - told.length) };
}

async function record(query: Query, delivery: StoredDelivery, outcome: Outcome, now: Date): Promise<void> {
  if (outcome.kind === 'delivered') {
    await recordAttempt(query, delivery.id, { outcome: 'delivered' }, now);
    if (outcome.thread !== undefined) await noteThread(query, delivery.channel_id, delivery.thread, outcome.thread);
    return;
  }
  const afterMs = outcome.kind === 'failed' ? outcome.afterMs : undefined;
  const retryAt = outcome.kind === 'failed' ? nextAttempt(delivery.attempts + 1, now, afterMs) : undefined;
  await recordAttempt(query, delivery.id, { outcome: outcome.kind, error: outcome.error, retryAt }, now);
}

const KEPT_MS = 30 * 24 * 60 * 60_000;

export const removeOld: JobHandler = (_, { query, now }) =>
  removeOldDeliveries(query, new Date(now().getTime() - KEPT_MS));
