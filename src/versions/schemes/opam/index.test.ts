import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opam } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1 0', '1.0\u00e9']) {
    for (const result of [opam.compare(text, '1.0.0'), opam.compare('1.0.0', text), opam.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no opam version`), result.error);
    }
  }
});
