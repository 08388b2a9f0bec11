import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MissingEpoch, Ordering } from '../../version-scheme.ts';
import { rpm } from './index.ts';

test('a text without a version part, with an empty release or with blanks is an error that quotes it', () => {
  for (const text of ['-', '-1', '1:', '1:-1', '1.0-', '1 0', '1.0\n', '1.0\u0000']) {
    for (const result of [rpm.compare(text, '1.0'), rpm.compare('1.0', text), rpm.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no rpm version`), result.error);
    }
  }
});

test('the empty text has its place in the order', () => {
  const rows: [string, string, Ordering][] = [
    ['', '', 0],
    ['', '1.0', -1],
    ['1.0', '', 1],
    ['', '~1', 1],
  ];
  for (const [a, b, expected] of rows) assert.deepEqual(rpm.compare(a, b), { ok: true, value: expected }, `${a} ${b}`);
});

const epochs: [string, string, MissingEpoch, Ordering][] = [
  ['9.11.36-8.el8', '32:9.11.36-8.el8_8.1', 'zero', -1],
  ['9.11.37-1.el8', '32:9.11.36-8.el8_8.1', 'zero', -1],
  ['9.11.36-8.el8', '32:9.11.36-8.el8_8.1', 'auto', -1],
  ['9.11.37-1.el8', '32:9.11.36-8.el8_8.1', 'auto', 1],
  ['9.11.37-1.el8', '32:9.11.36-8.el8_8.1', 'ignore', 1],
  ['1:1.0-1', '2.0-1', 'zero', 1],
  ['1:1.0-1', '2.0-1', 'auto', 1],
  ['1:1.0-1', '2.0-1', 'ignore', -1],
  ['2:1.0-1', '1:2.0-1', 'ignore', 1],
];

test('a missing epoch is read as the caller says', () => {
  for (const [a, b, missingEpoch, expected] of epochs) {
    assert.deepEqual(rpm.compare(a, b, { missingEpoch }), { ok: true, value: expected }, `${a} ${b} ${missingEpoch}`);
  }
});
