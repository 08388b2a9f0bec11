import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apkConstraint } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', '~', '>= v1', '>= 1-1']) {
    const result = apkConstraint.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
