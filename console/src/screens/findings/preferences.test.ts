import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPreferences } from './preferences.ts';

test('what this browser kept is read as far as it can be', () => {
  const usual = { density: 'compact', columns: undefined, hasFacets: true };
  for (const [text, expected] of [
    [null, usual],
    ['{', usual],
    ['[]', usual],
    ['{"density":"huge","columns":[],"hasFacets":"no"}', usual],
    [
      '{"density":"comfortable","columns":["severity",7,"title"],"hasFacets":false}',
      { density: 'comfortable', columns: ['severity', 'title'], hasFacets: false },
    ],
  ] as const)
    assert.deepEqual(readPreferences(text), expected, String(text));
});
