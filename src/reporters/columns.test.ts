import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsOf, cutTo, padBefore, padTo, wrapTo } from './columns.ts';

test('columnsOf counts what a terminal draws', () => {
  const widths: readonly (readonly [string, number])[] = [
    ['', 0],
    ['curl', 4],
    ['über', 4],
    ['u\u0308ber', 4],
    ['漢字', 4],
    ['ｆｕｌｌ', 8],
    ['🚢', 2],
    ['한글', 4],
  ];
  for (const [text, width] of widths) assert.equal(columnsOf(text), width, text);
});

test('cutTo never exceeds the width and marks the cut', () => {
  assert.equal(cutTo('openssl', 7), 'openssl');
  assert.equal(cutTo('openssl', 5), 'open…');
  assert.equal(cutTo('漢字漢字', 4), '漢…');
  assert.equal(cutTo('openssl', 0), '');
});

test('padTo and padBefore fill by columns', () => {
  assert.equal(`${padTo('漢', 4)}|`, '漢  |');
  assert.equal(padBefore('7', 3), '  7');
  assert.equal(padTo('longer', 3), 'longer');
});

test('wrapTo breaks at blanks, and words that are longer than a line', () => {
  assert.deepEqual(wrapTo('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrapTo('abcdefghij k', 4), ['abcd', 'efgh', 'ij k']);
  assert.deepEqual(wrapTo('漢字漢字', 5), ['漢字', '漢字']);
  assert.deepEqual(wrapTo('', 10), []);
});
