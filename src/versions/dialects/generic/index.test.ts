import assert from 'node:assert/strict';
import { test } from 'node:test';
import { genericConstraint } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', '>', '~> latest']) {
    const result = genericConstraint.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
