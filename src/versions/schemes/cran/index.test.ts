import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cran } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.', '1.0-beta', '1..2', 'a']) {
    for (const result of [cran.compare(text, '1.0.0'), cran.compare('1.0.0', text), cran.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no cran version`), result.error);
    }
  }
});
