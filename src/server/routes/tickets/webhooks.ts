import { z } from 'zod';
import { trackers } from '#notifications/index.ts';
import { enqueue, findTracker, TICKET_JOBS } from '#storage/index.ts';
import { openSettings } from '../../notifications/sealed-settings.ts';
import { RequestProblem } from '../../request-problem.ts';
import { nothing, type Route, route } from '../../route.ts';
import { byId } from '../accounts/rights.ts';

const receive = route({
  id: 'receiveTrackerWebhook',
  method: 'POST',
  path: '/api/v1/webhooks/trackers/{id}',
  summary:
    'Where a tracker says that a ticket has changed; signed with the webhookSecret of its settings, and then asked about it',
  permission: 'anyone',
  ...nothing,
  params: byId,
  body: z.instanceof(Buffer),
  takesBytes: true,
  idempotency: 'own',
  answer: z.object({ isTaken: z.boolean() }),
  status: 202,
  async handle({ params: { id }, headers, body }, { query, secrets, now }) {
    const stored = await findTracker(query, id, 'all');
    const kind = trackers.get(stored?.kind ?? '');
    const secret = stored?.enabled && kind ? openSettings(secrets, stored)['webhookSecret'] : undefined;
    // The same answer whether it is there or not: only who knows the secret learns anything.
    if (kind === undefined || typeof secret !== 'string' || !kind.hook.isGenuine({ headers, body }, secret))
      throw new RequestProblem(
        401,
        'not-authenticated',
        'There is no such tracker, or it is not signed with its secret.',
      );
    const key = kind.hook.keyOf(documentOf(body));
    if (key === undefined) return { isTaken: false };
    // One that waits is enough: it asks how the ticket is by then.
    await enqueue(query, {
      kind: TICKET_JOBS.refresh,
      payload: { tracker: id, key },
      runAt: now(),
      key: `${id} ${key}`,
    });
    return { isTaken: true };
  },
});

function documentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new RequestProblem(400, 'invalid-request', 'The body is not JSON.');
  }
}

export const webhookRoutes: readonly Route[] = [receive];
