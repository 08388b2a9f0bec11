import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byTeam } from './by-team.ts';

test('there is a row for each team, the one with most first, and one for what is nobody’s', () => {
  const rows = byTeam([
    { team: 'shop', severity: 'high', findings: 1 },
    { team: null, severity: 'low', findings: 2 },
    { team: 'shop', severity: 'low', findings: 4 },
  ]);
  assert.deepEqual(
    rows.map(({ team, sum, counts }) => [team, sum, counts.get('low')]),
    [
      ['shop', 5, 4],
      [null, 2, 2],
    ],
  );
});
