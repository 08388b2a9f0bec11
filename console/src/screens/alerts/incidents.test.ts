import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Alert, incidentsOf } from './incidents.ts';

const alert = (id: string, asset: string, at: string, severity = 'medium'): Alert => ({
  id,
  title: id,
  severity,
  state: 'open',
  firstSeenAt: `2026-11-24T${at}:00Z`,
  lastSeenAt: `2026-11-24T${at}:00Z`,
  asset: { id: asset, name: asset },
  team: null,
});

test('alerts of one asset that follow closely are one incident, with the worst of them', () => {
  const incidents = incidentsOf([
    alert('later', 'web', '20:00'),
    alert('second', 'web', '02:00', 'critical'),
    alert('first', 'web', '01:00'),
    alert('other', 'db', '01:30'),
  ]);
  assert.deepEqual(
    incidents.map(({ id, worst, alerts }) => [id, worst, alerts.map((one) => one.id)]),
    [
      ['later', 'medium', ['later']],
      ['first', 'critical', ['first', 'second']],
      ['other', 'medium', ['other']],
    ],
  );
});

test('without alerts there are none', () => assert.deepEqual(incidentsOf([]), []));
