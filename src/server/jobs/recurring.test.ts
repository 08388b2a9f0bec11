import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { jobHandlers } from './handlers.ts';
import { enqueueNext, recurringJobs } from './recurring.ts';

const { query } = await emptyStorage();

test('the next of each recurring job waits once, on the clock, however many workers ask', async () => {
  const context = testContext(query, () => new Date('2026-11-24T10:17:03Z'));
  const jobs = new Map([
    ['hourly', 3_600_000],
    ['often', 120_000],
  ]);
  await Promise.all(Array.from({ length: 5 }, () => enqueueNext(context, jobs)));
  const waiting = await query.selectFrom('job').select(['kind', 'run_at']).orderBy('kind').execute();
  assert.deepEqual(
    waiting.map(({ kind, run_at }) => [kind, run_at.toISOString()]),
    [
      ['hourly', '2026-11-24T11:00:00.000Z'],
      ['often', '2026-11-24T10:18:00.000Z'],
    ],
  );
});

test('whatever recurs is done by somebody', () => {
  for (const kind of recurringJobs({}).keys()) assert.ok(jobHandlers.has(kind), kind);
});
