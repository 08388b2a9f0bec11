import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newFindings, readLiveEvent, shownChange } from './live-event.ts';

test('what the stream tells is read, and what it cannot be is left out', () => {
  const opened = readLiveEvent(
    'finding',
    '{"change":"opened","subject":"f1","asset":"a1","state":"open","severity":"high","assignee":null}',
  );
  assert.ok(opened);
  assert.equal(opened.subject, 'f1');
  assert.equal(newFindings(opened), 1);
  assert.deepEqual(shownChange(opened), { state: 'open', severity: 'high', assignee: null });
  for (const data of ['', 'null', '7', '{']) assert.equal(readLiveEvent('finding', data), undefined, data);
});

test('only what opens is new, many at once by their count', () => {
  for (const [topic, data, expected] of [
    ['finding', { change: 'fixed' }, 0],
    ['findings', { change: 'opened', count: 12 }, 12],
    ['findings', { change: 'opened', count: 'many' }, 0],
    ['findings', { change: 'fixed', count: 12 }, 0],
    ['exception', { change: 'opened' }, 0],
  ] as const) {
    const event = readLiveEvent(topic, JSON.stringify(data));
    assert.equal(event && newFindings(event), expected);
  }
});
