import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gem } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['a', '1.', '.1', '1..2', '1_0', '1a', '1.0-']) {
    for (const result of [gem.compare(text, '1.0.0'), gem.compare('1.0.0', text), gem.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no gem version`), result.error);
    }
  }
});
