import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WorkerPool } from './worker-pool.ts';
import type { WorkerTask } from './worker-protocol.ts';

/** A thread that does what the path of its task says. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', ({ source: { path } }) => {
    if (path === 'throw') throw new Error('thrown in the thread');
    if (path === 'reject') Promise.reject(new Error('rejected in the thread'));
    if (path === 'exit') process.exit(3);
    if (path === 'hang') for (;;);
    if (path === 'eat') for (const eaten = []; ; ) eaten.push(new Array(1e6).fill({}));
    if (path === 'nonsense') parentPort.postMessage({ not: 'a reply' });
    if (path === 'thread') parentPort.postMessage({ json: String(threadId) });
  });
`)}`,
);

const task = (path: string): WorkerTask => ({
  source: { kind: 'file', path, offset: 0, length: 0 },
  wishes: [],
  search: {},
  isLowest: true,
  pack: false,
});
const newPool = (size: number, taskTimeoutMs = 60_000) =>
  new WorkerPool({ size, taskTimeoutMs, maxMemoryMb: 64, program });

describe('a thread that fails costs its task only', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['throw', /thrown in the thread/],
    ['reject', /rejected in the thread/],
    ['exit', /thread ended/],
    ['eat', /memory/],
    ['nonsense', /not understood/],
  ];
  for (const [path, reason] of cases) {
    test(path, async () => {
      const pool = newPool(1);
      const [failed, next] = await Promise.all([pool.run(task(path)), pool.run(task('thread'))]);
      assert.ok(failed.kind === 'failed');
      assert.match(failed.reason, reason);
      assert.equal(next.kind, 'done');
      await pool.close();
    });
  }
  test('hang', async () => {
    const pool = newPool(1, 1500);
    const [failed, next] = await Promise.all([pool.run(task('hang')), pool.run(task('thread'))]);
    assert.ok(failed.kind === 'failed');
    assert.match(failed.reason, /longer than/);
    assert.equal(next.kind, 'done');
    await pool.close();
  });
});

test('threads are reused and no more of them are started than allowed', async () => {
  const pool = newPool(2);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => pool.run(task('thread'))));
  const threads = outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.reply.json : 'failed'));
  assert.ok(!threads.includes('failed'));
  assert.ok(new Set(threads).size <= 2);
  await pool.close();
});

test('closing ends what runs and what waits', async () => {
  const pool = newPool(1);
  const outcomes = [pool.run(task('hang')), pool.run(task('thread'))];
  await pool.close();
  assert.deepEqual(
    (await Promise.all(outcomes)).map(({ kind }) => kind),
    ['failed', 'failed'],
  );
  assert.equal((await pool.run(task('thread'))).kind, 'failed');
});
