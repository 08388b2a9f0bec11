import { setTimeout as delay } from 'node:timers/promises';
import { enqueue, TICKET_JOBS } from '#storage/index.ts';
import { APPLY_ADVISORIES, MATCH_INVENTORY } from '../advisories/apply.ts';
import { UPDATE_ADVISORIES } from '../advisories/update.ts';
import { DUE_REGISTRIES } from '../registries/poll.ts';
import type { ServerContext } from '../route.ts';
import type { JobRunner } from './runner.ts';

const MINUTE = 60_000;

/**
 * Jobs that come again: their kind and how often, in milliseconds, on the clock (an hourly one at the full hour of UTC). The next one waits once,
 * however many workers there are; one that was missed is not made up for.
 */
export function recurringJobs({ advisories }: Pick<ServerContext, 'advisories'>): ReadonlyMap<string, number> {
  return new Map([...always, [UPDATE_ADVISORIES, (advisories?.everyMinutes ?? 60) * MINUTE]]);
}

const always: readonly (readonly [string, number])[] = [
  [APPLY_ADVISORIES, MINUTE],
  [MATCH_INVENTORY, MINUTE],
  [DUE_REGISTRIES, MINUTE],
  ['inventory.sweep', 24 * 60 * MINUTE],
  ['exceptions.sweep', MINUTE],
  ['decisions.expire', 5 * MINUTE],
  ['idempotency.forget', 60 * MINUTE],
  ['sessions.expire', 60 * MINUTE],
  ['live.remove-old', 60 * MINUTE],
  ['notifications.remove-old', 24 * 60 * MINUTE],
  ['notifications.due', 10 * MINUTE],
  ['program.measure', 10 * MINUTE],
  ['program.objectives', 60 * MINUTE],
  ['program.campaigns', 10 * MINUTE],
  [TICKET_JOBS.poll, 2 * MINUTE],
];

/** Sees to it that the next of each is in the queue. */
export function startRecurring(context: ServerContext, jobs: ReadonlyMap<string, number>): JobRunner {
  const ending = new AbortController();
  const running = run(context, jobs, ending.signal);
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}

async function run(context: ServerContext, jobs: ReadonlyMap<string, number>, signal: AbortSignal): Promise<void> {
  const shortest = Math.min(MINUTE, ...jobs.values());
  while (!signal.aborted) {
    // The database may be away for a while; the next round asks again.
    await enqueueNext(context, jobs).catch(() => undefined);
    await delay(shortest / 2, undefined, { signal }).catch(() => undefined);
  }
}

/** Adds the next of each that does not wait already. */
export async function enqueueNext({ query, now }: ServerContext, jobs: ReadonlyMap<string, number>): Promise<void> {
  for (const [kind, everyMs] of jobs) {
    const runAt = new Date((Math.floor(now().getTime() / everyMs) + 1) * everyMs);
    await enqueue(query, { kind, payload: {}, runAt, key: 'recurring' });
  }
}
