import { z } from 'zod';
import { addConflict, noteRemote, noteTicketError } from '#storage/index.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import type { Office } from './office.ts';

const made = z.object({ id: z.uuid() });

/** Two trackers under `.invalid`, and tickets of what people work on. Both are switched off: nobody would answer. */
export async function fileTickets(office: Office, random: Random, timeline: Timeline): Promise<void> {
  const at = timeline.at(-80);
  const jira = await addTracker(office, at, {
    kind: 'jira',
    name: 'Jira of the shop',
    settings: {
      url: 'https://jira.demo.invalid',
      user: 'plimsoll@demo.example',
      token: 'made-up-token',
      project: 'SHOP',
    },
  });
  await addTracker(office, at, {
    kind: 'github',
    name: 'Issues of the platform',
    team: office.staff.team('platform'),
    settings: { repository: 'demo/platform', token: 'made-up-token', apiUrl: 'https://github.demo.invalid' },
  });
  await ticketsIn(office, jira, random, timeline);
  await office.query.updateTable('tracker').set({ enabled: false }).execute();
}

async function addTracker(office: Office, at: Date, body: object): Promise<string> {
  return made.parse(await office.perform('addTracker', 'administrator', at, { body })).id;
}

async function ticketsIn(office: Office, tracker: string, random: Random, timeline: Timeline): Promise<void> {
  const { query } = office;
  const worked = await query
    .selectFrom('finding')
    .select(['id', 'state'])
    .where('assignee', 'is not', null)
    .where('severity', 'in', ['critical', 'high'])
    .orderBy('rule')
    .orderBy('asset_id')
    .limit(70)
    .execute();
  for (const [index, { id: finding, state }] of worked.entries()) {
    const asked = await office.perform('addTicket', 'security-engineer', timeline.at(-random.between(2, 40)), {
      body: { tracker, finding },
    });
    const { id } = made.parse(asked);
    if (index % 17 === 16) {
      await noteTicketError(query, id, 'jira.demo.invalid answered 400: the field Component is required');
      continue;
    }
    const closed = state === 'fixed';
    const key = `SHOP-${1200 + index}`;
    const remote = {
      key,
      url: `https://jira.demo.invalid/browse/${key}`,
      status: closed ? 'Done' : state === 'in-progress' ? 'In Progress' : 'To Do',
      state: closed ? 'closed' : state === 'in-progress' ? 'in-progress' : 'open',
    } as const;
    await noteRemote(query, id, remote, timeline.at(-1));
    if (index % 13 === 12)
      await addConflict(
        query,
        id,
        'It was closed there while a scan still finds it; it was opened again there.',
        timeline.at(-2),
      );
  }
}
