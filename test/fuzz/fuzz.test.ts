import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './engine/campaign.ts';
import type { FuzzTarget } from './target.ts';
import { targets } from './targets/index.ts';

/** The same inputs in every run: a number of them for each target, whatever time it takes. */
const ITERATIONS = 60;
const SEED = 1;

test('no parser breaks its rules on a short round of damaged input', async () => {
  const jobs = targets.map(({ id, testIterations = ITERATIONS }: FuzzTarget) => ({
    target: id,
    seed: SEED,
    first: 0,
    count: testIterations,
    measured: false,
  }));
  const { findings, iterations } = await runCampaign(jobs, { hangMs: 120_000 });
  const found = findings.map(
    ({ target, seed, iteration, kind, message }) =>
      `${kind}: ${message}\nnpm run fuzz -- --target ${target} --seed ${seed} --iteration ${iteration}`,
  );
  assert.deepEqual(found, []);
  assert.equal(
    iterations,
    jobs.reduce((sum, { count }) => sum + count, 0),
  );
});
