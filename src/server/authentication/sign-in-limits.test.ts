import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitMs } from './sign-in-limits.ts';

test('the first failures are free, each after them doubles the wait, up to the longest', () => {
  const limit = { free: 5, longestMs: 60_000 };
  const lastAt = new Date('2026-11-24T10:00:00Z');
  const cases: [failures: number, sinceMs: number, waitMs: number][] = [
    [0, 0, 0],
    [4, 0, 0],
    [5, 0, 1000],
    [5, 400, 600],
    [5, 1000, 0],
    [8, 0, 8000],
    [11, 0, 60_000],
    [1_000_000, 59_000, 1000],
    [1_000_000, 61_000, 0],
  ];
  for (const [failures, since, expected] of cases)
    assert.equal(waitMs({ failures, lastAt }, limit, new Date(lastAt.getTime() + since)), expected);
});
