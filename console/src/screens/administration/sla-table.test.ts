import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysIn, withDays } from './sla-table.ts';

const policy = { days: { critical: { internet: 7, internal: 15 } }, exploited: { internet: 3 } };

test('a cell is read and written, and the policy before stays as it was', () => {
  assert.equal(daysIn(policy, 'critical', 'internet'), 7);
  assert.equal(daysIn(policy, 'exploited', 'internet'), 3);
  assert.equal(daysIn(policy, 'low', 'internet'), null);
  const changed = withDays(policy, 'critical', 'internet', '5');
  assert.deepEqual(changed.days['critical'], { internet: 5, internal: 15 });
  assert.equal(daysIn(policy, 'critical', 'internet'), 7);
  assert.equal(withDays(policy, 'exploited', 'internal', '9').exploited['internal'], 9);
});

test('what is no number of days is no date', () => {
  for (const text of ['', '0', '-1', '1.5', 'x'])
    assert.equal(daysIn(withDays(policy, 'critical', 'internet', text), 'critical', 'internet'), null);
});
