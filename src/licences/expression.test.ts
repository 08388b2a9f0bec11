import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyLicence, joinExpressions, type Licence } from './expression.ts';

const id = (text: string): Licence => ({ kind: 'id', id: text });
const expression = (text: string): Licence => ({ kind: 'expression', expression: text });
const words = (text: string): Licence => ({ kind: 'words', words: text });

const cases: readonly (readonly [string, Licence])[] = [
  ['MIT', id('MIT')],
  ['mit', id('MIT')],
  [' Zlib ', id('Zlib')],
  ['GPL-2.0+', id('GPL-2.0+')],
  ['Apache-2.0+', expression('Apache-2.0+')],
  ['GPL-2.0-or-later WITH Classpath-exception-2.0', expression('GPL-2.0-or-later WITH Classpath-exception-2.0')],
  ['(MIT or apache-2.0) and BSD-3-Clause', expression('(MIT OR Apache-2.0) AND BSD-3-Clause')],
  ['((MIT))', expression('((MIT))')],
  ['GPLv2+ and BSD', words('GPLv2+ and BSD')],
  ['GPL-2', words('GPL-2')],
  ['MIT AND', words('MIT AND')],
  ['MIT Apache-2.0', words('MIT Apache-2.0')],
  ['MIT)', words('MIT)')],
  ['(MIT', words('(MIT')],
  ['()', words('()')],
  ['MIT WITH MIT', words('MIT WITH MIT')],
  ['(MIT OR ISC) WITH Classpath-exception-2.0', words('(MIT OR ISC) WITH Classpath-exception-2.0')],
  ['LicenseRef-scancode-public-domain', words('LicenseRef-scancode-public-domain')],
  ['', words('')],
];

for (const [text, expected] of cases) {
  test(`licence: ${JSON.stringify(text)}`, () => assert.deepEqual(classifyLicence(text), expected));
}

test('joined expressions keep their meaning', () => {
  assert.equal(joinExpressions(['MIT']), 'MIT');
  assert.equal(joinExpressions(['MIT OR ISC', 'Zlib']), '(MIT OR ISC) AND Zlib');
});

test('a very long expression is not parsed', () => {
  assert.equal(classifyLicence('MIT AND '.repeat(10_000)).kind, 'words');
});
