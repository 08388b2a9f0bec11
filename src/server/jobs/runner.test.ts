import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enqueue } from '#storage/index.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { type JobHandler, runNext } from './runner.ts';

const { query } = await emptyStorage();
let now = new Date('2026-11-24T10:00:00Z');
const context = testContext(query, () => now);
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

function runnerOf(handlers: Readonly<Record<string, JobHandler>>) {
  const failures: string[] = [];
  const options = {
    context,
    handlers: new Map(Object.entries(handlers)),
    onFailure: (_: unknown, error: unknown) => failures.push(String(error)),
  };
  return { next: () => runNext(options, AbortSignal.timeout(60_000)), failures };
}

test('jobs are done once, by whoever is free, when they are due', async () => {
  const seen: unknown[] = [];
  const { next } = runnerOf({ count: async (payload) => void seen.push(payload) });
  for (let index = 0; index < 10; index++) await enqueue(query, { kind: 'count', payload: { index }, runAt: now });
  await enqueue(query, { kind: 'count', payload: { index: 'later' }, runAt: new Date(now.getTime() + 60_000) });
  assert.equal((await Promise.all(Array.from({ length: 12 }, next))).filter(Boolean).length, 10);
  assert.equal(new Set(seen.map((payload) => JSON.stringify(payload))).size, 10);
  later(61_000);
  assert.equal(await next(), true);
  assert.deepEqual(seen.at(-1), { index: 'later' });
  assert.equal(await next(), false);
});

test('of two that wait with the same key there is one', async () => {
  const { next } = runnerOf({ keyed: async () => undefined });
  for (let index = 0; index < 3; index++) await enqueue(query, { kind: 'keyed', payload: {}, runAt: now, key: 'same' });
  assert.deepEqual([await next(), await next()], [true, false]);
});

test('what fails is tried again, later each time, and is kept in the end', async () => {
  const { next, failures } = runnerOf({ fails: () => Promise.reject(new Error('not today')) });
  await enqueue(query, { kind: 'fails', payload: {}, runAt: now });
  assert.deepEqual([await next(), await next()], [true, false]);
  for (let round = 1; round < 12; round++) {
    later(60 * 60_000);
    assert.equal(await next(), true);
  }
  later(60 * 60_000);
  assert.equal(await next(), false);
  assert.equal(failures.length, 12);
  const [dead] = await query.selectFrom('job').selectAll().where('kind', '=', 'fails').execute();
  assert.deepEqual([dead?.state, dead?.error], ['dead', 'not today']);
});

test('a job whose runner died is taken by another', async () => {
  let calls = 0;
  const { next } = runnerOf({ lost: async () => void calls++ });
  await enqueue(query, { kind: 'lost', payload: {}, runAt: now });
  await query
    .updateTable('job')
    .set({ state: 'running', locked_until: new Date(now.getTime() + 1000) })
    .where('kind', '=', 'lost')
    .execute();
  assert.equal(await next(), false);
  later(2000);
  assert.equal(await next(), true);
  assert.equal(calls, 1);
});
