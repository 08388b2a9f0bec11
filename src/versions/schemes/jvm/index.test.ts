import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jvm } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.x', '8u', '17.', 'temurin', '17.0.9+']) {
    for (const result of [jvm.compare(text, '1.0.0'), jvm.compare('1.0.0', text), jvm.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no jvm version`), result.error);
    }
  }
});
