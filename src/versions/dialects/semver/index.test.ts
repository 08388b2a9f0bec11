import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semverRange } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['>', 'latest', '^1.2.3.4']) {
    const result = semverRange.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
