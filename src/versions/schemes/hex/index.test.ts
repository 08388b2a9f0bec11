import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.2', 'v1.2.3', '01.2.3', '1.2.3-01']) {
    for (const result of [hex.compare(text, '1.0.0'), hex.compare('1.0.0', text), hex.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no hex version`), result.error);
    }
  }
});
