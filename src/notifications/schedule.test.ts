import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAttempt, parseRetryAfter } from './retry.ts';
import { sendAt } from './schedule.ts';

test('messages go out when the schedule says, and never in quiet hours', () => {
  const daily = { schedule: { kind: 'daily', at: '09:00' }, timeZone: 'Europe/Berlin' } as const;
  const quiet = { quietHours: { from: '22:00', to: '07:00' }, timeZone: 'Europe/Berlin' } as const;
  const table = [
    ['at once', {}, '2026-11-24T10:00:30Z', '2026-11-24T10:00:30.000Z'],
    ['others of the asset are waited for', { grouping: 'asset' }, '2026-11-24T10:00:00Z', '2026-11-24T10:00:30.000Z'],
    ['full hour', { schedule: { kind: 'hourly' } }, '2026-11-24T10:00:00Z', '2026-11-24T11:00:00.000Z'],
    ['later today', daily, '2026-11-24T07:59:59Z', '2026-11-24T08:00:00.000Z'],
    ['tomorrow', daily, '2026-11-24T08:00:00Z', '2026-11-25T08:00:00.000Z'],
    ['summer', daily, '2026-07-01T08:00:00Z', '2026-07-02T07:00:00.000Z'],
    ['over the change to winter time', daily, '2026-10-24T20:00:00Z', '2026-10-25T08:00:00.000Z'],
    ['over the change to summer time', daily, '2026-03-28T20:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['before quiet hours', quiet, '2026-11-24T20:59:59Z', '2026-11-24T20:59:59.000Z'],
    ['in them, before midnight', quiet, '2026-11-24T21:00:00Z', '2026-11-25T06:00:00.000Z'],
    ['in them, after midnight', quiet, '2026-11-25T05:59:59Z', '2026-11-25T06:00:00.000Z'],
    ['when they end', quiet, '2026-11-25T06:00:00Z', '2026-11-25T06:00:00.000Z'],
    [
      'by day',
      { quietHours: { from: '12:00', to: '13:00' }, timeZone: 'Asia/Kolkata' },
      '2026-11-25T06:45:00Z',
      '2026-11-25T07:30:00.000Z',
    ],
    ['none', { quietHours: { from: '09:00', to: '09:00' } }, '2026-11-25T09:00:00Z', '2026-11-25T09:00:00.000Z'],
  ] as const;
  for (const [name, change, now, expected] of table) {
    const timing = {
      grouping: 'finding',
      schedule: { kind: 'instant' },
      quietHours: undefined,
      timeZone: 'UTC',
    } as const;
    assert.equal(sendAt({ ...timing, ...change }, new Date(now)).toISOString(), expected, name);
  }
});

test('a receiver says when to come again, in seconds or as a date', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const table = [
    ['120', 120_000],
    ['Tue, 24 Nov 2026 10:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
  ] as const;
  for (const [header, expected] of table) assert.equal(parseRetryAfter(header, now), expected, header);
  const waits = [1, 2, 3, 9, 10].map((attempts) => nextAttempt(attempts, now)?.getTime());
  assert.deepEqual(
    waits.map((at) => at && at - now.getTime()),
    [10_000, 30_000, 90_000, 21_600_000, undefined],
  );
  assert.equal(nextAttempt(1, now, 365 * 86_400_000)?.toISOString(), '2026-11-25T10:00:00.000Z');
});
