import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mavenRange } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', '[1.0', '(1.0)', '[1,2,3]', '[1.0,2.0) and more']) {
    const result = mavenRange.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
