import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, distance, moment } from './duration.ts';

const now = new Date('2026-11-24T12:00:00Z');

test('how far a moment is, in the largest unit that fits', () => {
  for (const [at, expected] of [
    ['2026-11-24T12:00:30Z', 'now'],
    ['2026-11-24T11:15:00Z', '45 min ago'],
    ['2026-11-23T10:00:00Z', '26 h ago'],
    ['2026-11-10T12:00:00Z', '14 d ago'],
    ['2026-12-06T12:00:00Z', 'in 12 d'],
    ['2023-11-24T12:00:00Z', '3 y ago'],
  ] as const)
    assert.equal(distance(new Date(at), now), expected, at);
});

test('moments and days are those of UTC', () => {
  assert.equal(moment(now), '2026-11-24 12:00 UTC');
  assert.equal(day(new Date('2026-11-24T23:59:00-02:00')), '2026-11-25');
});
