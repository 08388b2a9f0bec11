import assert from 'node:assert/strict';
import { test } from 'node:test';
import { npm } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of [
    '1',
    '1.2',
    '1.2.3beta',
    '01.2.3',
    '9007199254740992.0.0',
    'latest',
    'git+https://example.org/a.git',
  ]) {
    for (const result of [npm.compare(text, '1.0.0'), npm.compare('1.0.0', text), npm.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no npm version`), result.error);
    }
  }
});
