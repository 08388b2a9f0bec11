import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { startEarlyWorker, takeEarlyWorker } from './early-worker.ts';

test('the thread that was started early is taken once', async () => {
  assert.equal(takeEarlyWorker(), undefined);
  startEarlyWorker();
  const worker = takeEarlyWorker();
  assert.ok(worker);
  assert.equal(takeEarlyWorker(), undefined);
  await worker.terminate();
});

test('one that nobody takes keeps no process alive', () => {
  const script = `import { startEarlyWorker } from ${JSON.stringify(import.meta.resolve('./early-worker.ts'))}; startEarlyWorker();`;
  const done = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { timeout: 30_000 });
  assert.equal(done.status, 0, done.stderr.toString());
});
