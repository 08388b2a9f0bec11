import assert from 'node:assert/strict';
import { test } from 'node:test';
import { julia } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['v', '1.2.3.4', '1..2', '1.2+a..b', 'nightly']) {
    for (const result of [julia.compare(text, '1.0.0'), julia.compare('1.0.0', text), julia.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no julia version`), result.error);
    }
  }
});
