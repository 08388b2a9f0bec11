import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFrameworkSearch } from './search.ts';

const team = '0198c1d2-0000-7000-8000-000000000001';

for (const [given, read] of [
  [{}, {}],
  [
    { team, state: 'not-assessed', clause: '4.3.1' },
    { team, state: 'not-assessed', clause: '4.3.1' },
  ],
  [{ clause: 4.3 }, { clause: '4.3' }],
  [{ team: 'all', state: '__proto__', clause: '' }, {}],
] as const)
  test(`${JSON.stringify(given)} is read`, () => assert.deepEqual(readFrameworkSearch(given), read));
