import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pep440Specifiers } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['1.0', '=1.0', '~=1', '>=foo', '== 1.*.*']) {
    const result = pep440Specifiers.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
