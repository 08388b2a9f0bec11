import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitnami } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.2.3.4', 'latest', '1.2.3-']) {
    for (const result of [
      bitnami.compare(text, '1.0.0'),
      bitnami.compare('1.0.0', text),
      bitnami.compare(text, text),
    ]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no bitnami version`), result.error);
    }
  }
});
