import assert from 'node:assert/strict';
import { test } from 'node:test';
import { go } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['(devel)', 'v1.2.3.4', 'v01.2.3', 'v1.2-rc.1', 'main', 'go', 'go1.x']) {
    for (const result of [go.compare(text, '1.0.0'), go.compare('1.0.0', text), go.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no go version`), result.error);
    }
  }
});
