import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf } from './freshness.ts';

const now = Date.parse('2026-11-24T00:00:00Z');

for (const [seen, freshness] of [
  ['2026-11-23T00:00:00Z', 'fresh'],
  ['2026-11-10T00:00:00Z', 'old'],
  ['2026-09-01T00:00:00Z', 'silent'],
] as const)
  test(`${seen} is ${freshness}`, () => assert.equal(freshnessOf(seen, now), freshness));
