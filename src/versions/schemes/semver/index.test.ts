import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semver } from './index.ts';

test('a text that the ecosystem refuses is an error that quotes it', () => {
  for (const text of [
    '1',
    '1.2',
    '1.2.3.4',
    '01.2.3',
    '1.2.3-01',
    '1.2.3-',
    '1.2.3+',
    '1.2.3-a..b',
    '1.2.3-\u00e4',
    'V1.2.3',
    'latest',
  ]) {
    for (const result of [semver.compare(text, '1.0.0'), semver.compare('1.0.0', text), semver.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no semver version`), result.error);
    }
  }
});
