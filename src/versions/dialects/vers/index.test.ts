import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vers } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', 'vers:npm/', 'vers:no-such-type/1.0', 'npm/>=1.0.0', 'vers:npm/>=latest']) {
    const result = vers.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
