import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openssl } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.1', '3.0.0-foo', '1.1.1W', 'LibreSSL 3.0.0']) {
    for (const result of [
      openssl.compare(text, '1.0.0'),
      openssl.compare('1.0.0', text),
      openssl.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no openssl version`), result.error);
    }
  }
});
