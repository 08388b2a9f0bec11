import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pep440 } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.0-foo', 'french toast', '1.0+', '1.0+a..b', '1.0.dev1.post1', '1..0', '!1.0']) {
    for (const result of [pep440.compare(text, '1.0.0'), pep440.compare('1.0.0', text), pep440.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no pep440 version`), result.error);
    }
  }
});
