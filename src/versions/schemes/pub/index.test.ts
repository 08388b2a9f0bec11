import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pub } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.2', '1.2.3.4', '1.2.3-', 'any']) {
    for (const result of [pub.compare(text, '1.0.0'), pub.compare('1.0.0', text), pub.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no pub version`), result.error);
    }
  }
});
