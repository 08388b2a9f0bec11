import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nix } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1 0', '1\u0000']) {
    for (const result of [nix.compare(text, '1.0.0'), nix.compare('1.0.0', text), nix.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no nix version`), result.error);
    }
  }
});
