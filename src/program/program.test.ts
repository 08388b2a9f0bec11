import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, DAY_MS, dayOf } from './age.ts';
import { factsOfDays } from './day-facts.ts';
import { addFacts, aged, type Facts, factNames, sumOf } from './facts.ts';
import type { FindingHistory, HistoryEvent } from './life.ts';
import { metrics } from './metrics.ts';
import { standingOfObjective } from './objective.ts';
import { survivalOf } from './survival.ts';

const start = new Date('2026-09-01T00:00:00Z');
const at = (day: number, hour = 12) => new Date(start.getTime() + day * DAY_MS + hour * 3_600_000);

function event(day: number, kind: string, more: Partial<HistoryEvent> = {}): HistoryEvent {
  return { at: at(day), kind, byPerson: false, to: undefined, ...more };
}

function finding(
  day: number,
  events: readonly HistoryEvent[] = [],
  more: Partial<FindingHistory> = {},
): FindingHistory {
  return {
    firstSeenAt: at(day),
    state: 'open',
    fixedAt: null,
    dueAt: null,
    publishedAt: undefined,
    assetSeenAt: at(-100),
    events,
    ...more,
  };
}

function measured(id: string, histories: readonly FindingHistory[], days: number) {
  const facts = factsOfDays(histories, start, days, addDays(start, days));
  const metric = metrics.find((one) => one.id === id);
  assert.ok(metric, id);
  return metric.value({ window: addFacts(facts), last: facts.at(-1) ?? {}, days });
}

test('each day has what was open at its end, and what happened on it', () => {
  const one = finding(1, [
    event(2, 'started', { byPerson: true, to: 'in-progress' }),
    event(4, 'fixed', { to: 'fixed' }),
  ]);
  const facts = factsOfDays([one], start, 6, addDays(start, 6));
  assert.deepEqual(
    facts.map((day) => [
      sumOf(aged(day, 'open')),
      sumOf(aged(day, 'silent')),
      sumOf(aged(day, 'fixed')),
      day.opened ?? 0,
    ]),
    [
      [0, 0, 0, 0],
      [1, 1, 0, 1],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ],
  );
  assert.deepEqual(aged(facts[4] ?? {}, 'fixed').indexOf(1), 2, 'three days old');
  const names: readonly string[] = factNames;
  for (const day of facts) for (const name of Object.keys(day)) assert.ok(names.includes(name), name);
});

test('what came back is open again, what was accepted is not open', () => {
  const histories = [
    finding(0, [event(1, 'fixed', { to: 'fixed' }), event(3, 'reopened', { to: 'open' })]),
    finding(0, [event(2, 'decided', { to: 'accepted', byPerson: true }), event(4, 'reopened', { to: 'open' })]),
    finding(0, [event(2, 'decided', { to: 'false-positive' })]),
  ];
  const facts = factsOfDays(histories, start, 6, addDays(start, 6));
  assert.deepEqual(
    facts.map((day) => sumOf(aged(day, 'open'))),
    [3, 2, 0, 1, 2, 2],
  );
  assert.deepEqual(
    facts.map((day) => day.accepted ?? 0),
    [0, 0, 1, 1, 0, 0],
  );
  const { value, numerator, denominator } = measured('recurrence', histories, 6);
  assert.deepEqual([value, numerator, denominator], [2 / 5, 2, 5]);
  assert.deepEqual(measured('noise', histories, 6).value, 1 / 3);
});

test('of a day that is not over, what is due later on it is not overdue', () => {
  const due = finding(0, [], { dueAt: at(2, 18) });
  const overdue = (now: Date) => factsOfDays([due], start, 3, now)[2]?.overdue ?? 0;
  assert.deepEqual([overdue(at(2, 12)), overdue(at(2, 19))], [0, 1]);
});

test('open findings lengthen the time to fix; leaving them out would not', () => {
  const fixed = Array.from({ length: 10 }, () => finding(0, [event(5, 'fixed', { to: 'fixed' })]));
  const open = Array.from({ length: 10 }, () => finding(0));
  const only = measured('mttr', fixed, 60);
  const both = measured('mttr', [...fixed, ...open], 60);
  assert.ok(only.value !== null && only.value > 3 && only.value < 9, String(only.value));
  assert.ok(both.value !== null && both.value > 25, String(both.value));
  assert.deepEqual([both.numerator, both.denominator], [10, 20]);
  const nothing = measured('mttr', open, 60);
  assert.deepEqual([nothing.value, nothing.denominator], [null, 10], 'nothing was fixed: not known, not zero');
});

test('a constant rate is found as it is, whatever is censored', () => {
  // Each day a twentieth of what is open is fixed; half of the rest leaves at day 30 without being fixed.
  const [events, exposure] = [new Array<number>(11).fill(0), new Array<number>(11).fill(0)];
  let left = 100_000;
  for (let day = 0; day < 90; day++) {
    const index = [1, 3, 7, 14, 30, 45, 60, 90].findIndex((bound) => day < bound);
    const fixed = left * 0.05;
    events[index] = (events[index] ?? 0) + fixed;
    exposure[index] = (exposure[index] ?? 0) + left - fixed;
    left -= fixed;
    if (day === 30) left /= 2;
  }
  const survival = survivalOf(events, exposure);
  assert.ok(survival && Math.abs(survival.mean - 20) < 1.5, JSON.stringify(survival));
  assert.ok(survival.median !== null && Math.abs(survival.median - 13.9) < 1, JSON.stringify(survival));
});

test('due dates, detection, acceptance: what is not known is apart', () => {
  const histories = [
    finding(0, [event(2, 'fixed', { to: 'fixed' })], { dueAt: at(3), publishedAt: at(-1) }),
    finding(0, [event(4, 'fixed', { to: 'fixed' })], { dueAt: at(3), publishedAt: at(-200) }),
    finding(0, [event(4, 'fixed', { to: 'fixed' })]),
    finding(0, [], { dueAt: at(3) }),
    finding(0, [event(1, 'due-changed', { due: { from: at(2), to: at(50) } })], { dueAt: at(50) }),
  ];
  const kept = measured('sla-kept', histories, 10);
  assert.deepEqual([kept.value, kept.numerator, kept.denominator, kept.unknown], [1 / 3, 1, 3, 1]);
  const detect = measured('mttd', histories, 10);
  assert.deepEqual([detect.denominator, detect.unknown], [1, 3]);
  assert.ok(detect.value !== null && detect.value >= 1 && detect.value <= 3);
});

test('sums of parts are the sum of all', () => {
  const parts = [finding(0), finding(1, [event(2, 'fixed', { to: 'fixed' })]), finding(3)];
  const together = factsOfDays(parts, start, 8, addDays(start, 8));
  const apart = parts.map((one) => factsOfDays([one], start, 8, addDays(start, 8)));
  const added = together.map((_, day) => addFacts(apart.map((days) => days[day] ?? {})));
  assert.deepEqual(added.map(sorted), together.map(sorted));
});

function sorted(facts: Facts) {
  return Object.entries(facts).sort(([one], [other]) => (one < other ? -1 : 1));
}

test('rows without a history say where they stand', () => {
  const [day] = factsOfDays([finding(0, [], { state: 'fixed', fixedAt: at(0, 14) })], start, 1, addDays(start, 1));
  assert.deepEqual([sumOf(aged(day ?? {}, 'fixed')), sumOf(aged(day ?? {}, 'open'))], [1, 0]);
});

test('objectives by their rule', () => {
  const plan = { better: 'lower', baseline: 100, target: 20, startsAt: at(0), endsAt: at(100) } as const;
  const cases: readonly [value: number | null, day: number, state: string][] = [
    [100, 0, 'on-track'],
    [100, 9, 'on-track'],
    [100, 20, 'at-risk'],
    [60, 50, 'on-track'],
    [67, 50, 'on-track'],
    [69, 50, 'at-risk'],
    [15, 10, 'on-track'],
    [20, 100, 'reached'],
    [21, 100, 'missed'],
    [null, 50, 'unknown'],
  ];
  for (const [value, day, state] of cases)
    assert.equal(standingOfObjective(plan, value, at(day)).state, state, `${value} at day ${day}`);
  const up = { ...plan, better: 'higher', baseline: 0.2, target: 0.9 } as const;
  assert.equal(standingOfObjective(up, 0.95, at(100)).state, 'reached');
  assert.equal(dayOf(at(3)).getTime(), at(3, 0).getTime());
});
