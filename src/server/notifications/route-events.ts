import { z } from 'zod';
import { matches, sendAt, threadOf, updateFor } from '#notifications/index.ts';
import {
  activeRules,
  type EventWithFacts,
  enqueueTicketUpdates,
  eventsOfTeam,
  gather,
  type Query,
  takeUnrouted,
} from '#storage/index.ts';
import type { JobHandler } from '../jobs/runner.ts';
import { routedEvent } from './events.ts';

const payload = z.object({ events: z.array(z.int()).max(10_000) });

/** Gives events to the rules that are about them, and to the tickets of their findings. Done again after a crash it does what was not done. */
export const routeEvents: JobHandler = async (given, { query, now }) => {
  const { events } = payload.parse(given);
  await query.transaction().execute(async (transaction) => {
    const taken = await takeUnrouted(transaction, events, now());
    if (taken.length === 0) return;
    await applyRules(transaction, taken, now());
    await enqueueTicketUpdates(transaction, taken.flatMap(toldToTickets), now());
  });
};

function toldToTickets({ kind, subject_kind, subject_id: finding }: EventWithFacts) {
  return subject_kind === 'finding' && updateFor(kind) !== undefined ? [{ finding, kind }] : [];
}

async function applyRules(query: Query, events: readonly EventWithFacts[], now: Date): Promise<void> {
  const visible = new Map<string, ReadonlySet<number>>();
  const ids = events.map(({ id }) => id);
  for (const rule of await activeRules(query)) {
    const { team_id: team } = rule;
    if (team !== null && !visible.has(team)) visible.set(team, await eventsOfTeam(query, ids, team));
    const mine = team === null ? undefined : visible.get(team);
    const threads = new Map<string, number[]>();
    for (const event of events) {
      const routed = routedEvent(event);
      if (mine?.has(event.id) === false || !matches(rule.filter, routed)) continue;
      const thread = threadOf(rule.grouping_by, routed);
      threads.set(thread, [...(threads.get(thread) ?? []), event.id]);
    }
    const { grouping_by: grouping, schedule, quiet_hours, time_zone: timeZone } = rule;
    const runAt = sendAt({ grouping, schedule, quietHours: quiet_hours ?? undefined, timeZone }, now);
    // Always in the same order: two that gather for the same threads would wait for each other otherwise.
    for (const [thread, gathered] of [...threads].sort(([a], [b]) => (a < b ? -1 : 1)))
      await gather(query, { rule: rule.id, channel: rule.channel_id, team, thread, events: gathered, runAt }, now);
  }
}
