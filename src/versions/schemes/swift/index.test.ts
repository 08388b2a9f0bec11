import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swift } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.2', 'main', '1.2.3.4']) {
    for (const result of [swift.compare(text, '1.0.0'), swift.compare('1.0.0', text), swift.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no swift version`), result.error);
    }
  }
});
