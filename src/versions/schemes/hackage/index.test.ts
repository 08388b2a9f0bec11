import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hackage } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.', '.1', '1.01', '1.0-beta', '1a']) {
    for (const result of [
      hackage.compare(text, '1.0.0'),
      hackage.compare('1.0.0', text),
      hackage.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no hackage version`), result.error);
    }
  }
});
