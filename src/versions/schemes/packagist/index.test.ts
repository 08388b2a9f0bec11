import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packagist } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['dev-main', 'master', '1.0.0.0.0', '1.0-foo', 'feature-x']) {
    for (const result of [
      packagist.compare(text, '1.0.0'),
      packagist.compare('1.0.0', text),
      packagist.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no packagist version`), result.error);
    }
  }
});
