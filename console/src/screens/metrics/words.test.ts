import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBetter, valueWords } from './words.ts';

for (const [value, unit, words] of [
  [null, 'days', '–'],
  [4.25, 'days', '4.3 d'],
  [0.7149, 'share', '71.5 %'],
  [12_345.6, 'findings', '12,346'],
] as const)
  test(`${value} ${unit} is ${words}`, () => assert.equal(valueWords(value, unit), words));

for (const [then, now, better, answer] of [
  [3, 2, 'lower', true],
  [3, 2, 'higher', false],
  [2, 2, 'lower', undefined],
  [null, 2, 'lower', undefined],
] as const)
  test(`from ${then} to ${now}, ${better} is better`, () => assert.equal(isBetter(then, now, better), answer));
