import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareApkFuzzy } from './compare.ts';
import { apk } from './index.ts';

const refused = [
  '',
  'a',
  '.1',
  'v1',
  '1-1',
  '1-r',
  '1.0-r1-r2',
  '1_',
  '1_foo',
  '1_alphabet1',
  '1.0A',
  '1~',
  '1~xyz',
  '1.0-r1_p1',
  '1ab',
  '1:2',
  '1 ',
];

test('what apk-tools refuses is an error, wherever the fault stands', () => {
  for (const text of refused) {
    for (const result of [apk.compare(text, '9'), apk.compare('0.1', text), apk.compare(text, text)]) {
      assert.equal(result.ok, false, JSON.stringify(text));
      if (!result.ok) assert.ok(result.error.includes(`${JSON.stringify(text)} is no apk version`), result.error);
    }
  }
});

test('the fuzzy order is equal for every version that starts with the other', () => {
  for (const [a, b, expected] of [
    ['1.2.3-r4', '1.2', 0],
    ['1.2_rc1', '1.2', 0],
    ['1.20', '1.2', 1],
    ['1.1', '1.2', -1],
    ['1', '1.2', -1],
  ] as const) {
    assert.deepEqual(compareApkFuzzy(a, b), { ok: true, value: expected }, `${a} ~ ${b}`);
  }
});
