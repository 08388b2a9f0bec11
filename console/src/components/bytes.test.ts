import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytes } from './bytes.ts';

test('sizes are said in the largest unit that fits', () => {
  const cases = [
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [187_400_192, '187 MB'],
    [2e12, '2.0 TB'],
    [5e15, '5000 TB'],
  ] as const;
  for (const [count, words] of cases) assert.equal(bytes(count), words);
});
