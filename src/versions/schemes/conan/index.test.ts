import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conan } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.0 beta', '1.0/2', '[>1.0]']) {
    for (const result of [conan.compare(text, '1.0.0'), conan.compare('1.0.0', text), conan.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no conan version`), result.error);
    }
  }
});
