import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gemRequirement } from './index.ts';

test('what is no constraint of this dialect is an error', () => {
  for (const text of ['', '~>', '>= a b']) {
    const result = gemRequirement.parse(text);
    assert.equal(result.ok, false, JSON.stringify(text));
  }
});
