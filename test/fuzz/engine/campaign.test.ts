import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './campaign.ts';
import type { Job } from './job.ts';
import { targets } from './testing/misbehaving.ts';

const registry = new URL('./testing/misbehaving.ts', import.meta.url).href;

test('whatever a target does is noticed, named and does not end the round', async () => {
  const count = (id: string): number => (id.startsWith('keeps-') ? 60 : 5);
  const jobs = targets
    .filter(({ id }) => id !== 'hangs')
    .map(({ id }): Job => ({ target: id, seed: 1, first: 0, count: count(id), measured: true }));
  const { findings } = await runCampaign(jobs, { registry });
  assert.deepEqual(
    findings.map(({ target, kind, iteration }) => `${target}: ${kind} at ${iteration}`),
    [
      'throws: failure at 1',
      'rejects: failure at 0',
      'throws-later: failure at 0',
      'ends: crash at 0',
      'is-slow: slow at 0',
      'grows: memory at 0',
      'keeps-files: leak at 59',
      'keeps-memory: leak at 59',
    ],
  );
  assert.match(findings[0]?.message ?? '', /^TypeError: cannot read \d+\u2028$/);
  assert.match(findings[0]?.stack ?? '', /^at .*test\/fuzz\/engine\/testing\/misbehaving\.ts:\d+/);
});

test('a target that hangs is ended, and the next one has its turn', async () => {
  const job = { seed: 1, first: 0, count: 3, measured: false };
  const jobs = ['hangs', 'behaves'].map((target): Job => ({ ...job, target }));
  const done: string[] = [];
  const onDone = ({ target }: Job): void => void done.push(target);
  const { findings } = await runCampaign(jobs, { registry, hangMs: 4000, onDone });
  assert.deepEqual(
    findings.map(({ target, kind, iteration }) => `${target}: ${kind} at ${iteration}`),
    ['hangs: hang at 0'],
  );
  assert.deepEqual(done, ['behaves']);
});

test('an iteration is the same input alone as in its round', async () => {
  const job = { target: 'throws', seed: 3, measured: false };
  const round = await runCampaign([{ ...job, first: 0, count: 4 }], { registry });
  const [found] = round.findings;
  assert.ok(found);
  const again = await runCampaign([{ ...job, first: found.iteration, count: 1 }], { registry });
  assert.deepEqual(again.findings, [found]);
});
