import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeEvent } from './events.ts';

test('entries of the history are told in words', () => {
  for (const [kind, details, expected] of [
    ['commented', { text: 'Wait for the base image.' }, 'commented|Wait for the base image.'],
    [
      'decided',
      { decision: { state: 'not-affected', reason: 'Never run.' } },
      'decided about it|not affected: Never run.',
    ],
    ['reopened', { cause: { kind: 'exception-expired' } }, 'opened it again|the exception has ended'],
    ['reopened', { cause: { kind: 'person', reason: 'Wrong.' } }, 'opened it again|Wrong.'],
    ['assigned', { from: null, to: '8b6f…' }, 'assigned it|'],
    ['something-new', null, 'something new|'],
  ] as const) {
    const { what, detail = '' } = describeEvent(kind, details);
    assert.equal(`${what}|${detail}`, expected);
  }
});
