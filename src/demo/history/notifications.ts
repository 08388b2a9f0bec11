import { z } from 'zod';
import { gather, type Query, recordAttempt } from '#storage/index.ts';
import { teams } from '../organisation.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

const made = z.object({ id: z.uuid() });

/** A channel of the demo. Receivers are under `.invalid`, where nothing is (RFC 2606): nothing ever leaves the machine. */
interface DemoChannel {
  readonly kind: string;
  readonly name: string;
  readonly team?: string;
  readonly settings: object;
  /** Of what is sent, the part that arrives. */
  readonly arrives: number;
  readonly error: string;
}

const channels: readonly DemoChannel[] = [
  {
    kind: 'slack',
    name: 'Security in Slack',
    settings: { webhookUrl: 'https://hooks.demo.invalid/services/security' },
    arrives: 0.97,
    error: 'hooks.demo.invalid answered 503',
  },
  {
    kind: 'email',
    name: 'Mail to the leads',
    settings: { host: 'mail.demo.invalid', from: 'plimsoll@demo.example', to: ['leads@demo.example'] },
    arrives: 0.9,
    error: 'mail.demo.invalid refused the sender: 550',
  },
  {
    kind: 'webhook',
    name: 'Data lake',
    settings: { url: 'https://lake.demo.invalid/plimsoll', secret: 'made-up-secret' },
    arrives: 0.25,
    error: 'lake.demo.invalid answered 401',
  },
  ...teams.slice(0, 3).map(
    ({ name }): DemoChannel => ({
      kind: 'slack',
      name: `Team ${name}`,
      team: name,
      settings: { webhookUrl: `https://hooks.demo.invalid/services/${name}` },
      arrives: 0.98,
      error: 'hooks.demo.invalid did not answer in time',
    }),
  ),
];

/** Channels and rules, made on the first day. */
export async function setUpNotifications(office: Office, at: Date): Promise<ReadonlyMap<string, DemoChannel>> {
  const rules = new Map<string, DemoChannel>();
  for (const channel of channels) {
    const { kind, name, settings } = channel;
    const team = channel.team === undefined ? null : office.staff.team(channel.team);
    const { id } = made.parse(
      await office.perform('addChannel', 'administrator', at, { body: { kind, name, team, settings } }),
    );
    const rule = await office.perform('addNotificationRule', 'administrator', at, {
      body: {
        name: team === null ? `${name}: what is critical` : `${name}: what is new`,
        team,
        channel: id,
        filter: {
          events: [
            'finding.opened',
            'finding.reopened',
            'finding.overdue',
            'exception.requested',
            'exception.expiring',
          ],
          severities: team === null ? ['critical'] : ['critical', 'high'],
          findingKinds: [],
        },
        grouping: team === null ? 'asset' : 'advisory',
        schedule: kind === 'email' ? { kind: 'daily', at: '08:00' } : { kind: 'hourly' },
        quietHours: kind === 'slack' ? { from: '20:00', to: '07:00' } : null,
        timeZone: 'Europe/Berlin',
      },
    });
    rules.set(`${id} ${made.parse(rule).id}`, channel);
  }
  return rules;
}

const MESSAGES = 60;

/** What was sent in the last days, and what came of it. Of the rest nobody is told any more. */
export async function sendNotifications(
  { query, staff }: Office,
  rules: ReadonlyMap<string, DemoChannel>,
  random: Random,
  timeline: Timeline,
): Promise<void> {
  for (const [ids, channel] of rules) {
    const [id = '', rule = ''] = ids.split(' ');
    const team = channel.team === undefined ? null : staff.team(channel.team);
    const events = await recentEvents(query, team, timeline.at(-21));
    for (const { event, at } of random.some(events, MESSAGES)) {
      const later = new Date(at.getTime() + random.between(1, 50) * 60_000);
      const gathering = { rule, channel: id, team, thread: `event ${event}`, events: [event], runAt: later };
      await query.transaction().execute(async (one) => {
        await gather(one, gathering, at);
        const { id: delivery } = await one
          .selectFrom('delivery')
          .select('id')
          .where('rule_id', '=', rule)
          .where('thread', '=', gathering.thread)
          .executeTakeFirstOrThrow();
        await attempts(one, delivery, channel, later, random);
      });
    }
  }
  await query.updateTable('outbox_event').set({ routed_at: timeline.now }).where('routed_at', 'is', null).execute();
}

async function attempts(
  query: Query,
  delivery: string,
  { arrives, error }: DemoChannel,
  first: Date,
  random: Random,
): Promise<void> {
  const last = random.chance(arrives) ? random.weighted({ '1': 90, '2': 8, '3': 2 }) : undefined;
  const tries = last === undefined ? 4 : Number(last);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const at = new Date(first.getTime() + (attempt ** 2 - 1) * 60_000);
    const isLast = attempt === tries;
    const arrived = isLast && last !== undefined;
    await recordAttempt(
      query,
      delivery,
      arrived
        ? { outcome: 'delivered' }
        : {
            outcome: isLast ? 'rejected' : 'failed',
            error,
            ...(!isLast && { retryAt: new Date(at.getTime() + 60_000) }),
          },
      at,
    );
  }
}

async function recentEvents(query: Query, team: string | null, since: Date) {
  let rows = query
    .selectFrom('outbox_event')
    .innerJoin('finding', 'finding.id', 'outbox_event.finding_id')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select(['outbox_event.id as event', 'outbox_event.at'])
    .where('outbox_event.kind', 'in', ['finding.opened', 'finding.reopened'])
    .where('outbox_event.at', '>', since)
    .where('finding.severity', 'in', team === null ? ['critical'] : ['critical', 'high'])
    .orderBy('outbox_event.at')
    .orderBy('outbox_event.id');
  if (team !== null) rows = rows.where('asset.team_id', '=', team);
  return rows.limit(1000).execute();
}
