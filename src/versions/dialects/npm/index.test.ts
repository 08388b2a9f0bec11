import assert from 'node:assert/strict';
import { test } from 'node:test';
import { npmRange } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['not a range', '>1.2.3.4', '^', '>0-0', 'latest']) {
    const result = npmRange.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
