import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetricsSearch } from './search.ts';

const id = '0198c1d2-0000-7000-8000-000000000001';

for (const [given, read] of [
  [{}, {}],
  [{ tab: 'numbers', window: 90 }, {}],
  [
    { tab: 'campaigns', window: '30', team: id, metric: 'sla-kept', open: id },
    { tab: 'campaigns', window: 30, team: id, metric: 'sla-kept', open: id },
  ],
  [{ tab: 'constructor', window: 31, team: 'x', metric: '../x', open: 7 }, {}],
] as const)
  test(`${JSON.stringify(given)} is read`, () => assert.deepEqual(readMetricsSearch(given), read));
