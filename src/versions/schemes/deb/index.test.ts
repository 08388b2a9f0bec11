import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MissingEpoch, Ordering } from '../../version-scheme.ts';
import { deb } from './index.ts';

const refused = ['', '-1', ':1', '1:', '1:-2', 'a:1', '1.0-', '1 .0', '1.0\u0000', '1.0é', '2147483648:1', '-'];

test('what dpkg refuses is an error that quotes the text', () => {
  for (const text of refused) {
    for (const result of [deb.compare(text, '1.0'), deb.compare('1.0', text), deb.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no deb version`), result.error);
    }
  }
});

const epochs: [string, string, MissingEpoch, Ordering][] = [
  ['2.0', '1:1.5', 'zero', -1],
  ['2.0', '1:1.5', 'auto', 1],
  ['2.0', '1:1.5', 'ignore', 1],
  ['1:1.5', '2.0', 'zero', 1],
  ['1:1.5', '2.0', 'auto', 1],
  ['1:1.5', '2.0', 'ignore', -1],
  ['2:1.0', '1:9.0', 'auto', 1],
  ['2:1.0', '1:9.0', 'ignore', 1],
];

test('a missing epoch is read as the caller says', () => {
  for (const [a, b, missingEpoch, expected] of epochs) {
    assert.deepEqual(deb.compare(a, b, { missingEpoch }), { ok: true, value: expected }, `${a} ${b} ${missingEpoch}`);
  }
});
