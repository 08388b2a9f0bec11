import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nuget } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of ['1.2.3.4.5', 'v1.0', '1.0-', '1.0-a..b', '*']) {
    for (const result of [nuget.compare(text, '1.0.0'), nuget.compare('1.0.0', text), nuget.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no nuget version`), result.error);
    }
  }
});
