import { z } from 'zod';
import { channels } from '#notifications/index.ts';
import {
  addChannel,
  changeChannel,
  findChannel,
  listChannels,
  removeChannel,
  type StoredChannel,
} from '#storage/index.ts';
import { DestinationRoutes, destinationShape } from '../../notifications/destination-routes.ts';
import { reachOf } from '../../notifications/reach.ts';
import { openSettings } from '../../notifications/sealed-settings.ts';
import { sendMessage } from '../../notifications/send.ts';
import { nothing, type Route, route } from '../../route.ts';
import { audited, byId, known } from '../accounts/rights.ts';

const destinations = new DestinationRoutes({
  noun: 'Channel',
  kinds: channels,
  summaries: {
    kinds: 'The kinds of channels, with a JSON Schema of their settings',
    list: 'The channels of your teams, or all if you have a say everywhere',
    get: 'A channel without its secrets',
    add: 'Adds a way to tell somebody, for a team or for everybody; its secrets are never shown again',
    change: 'Changes a channel; secret settings that are not given stay as they are',
    remove: 'Removes a channel with its rules and deliveries',
  },
  answer: z.object({ ...destinationShape, createdAt: z.iso.datetime(), updatedAt: z.iso.datetime() }),
  show: (base, { created_at, updated_at }: StoredChannel) => ({
    ...base,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  }),
  store: { add: addChannel, change: changeChannel, remove: removeChannel, find: findChannel, list: listChannels },
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
    const stored = await destinations.need(context, id, reachOf(actor));
    await audited(context, actor, async () => ({ answer: undefined, action: 'channel.test', subject: id }));
    const outcome = await sendMessage(
      destinations.kindOf(stored.kind),
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

export const channelRoutes: readonly Route[] = [...destinations.routes(), test];
