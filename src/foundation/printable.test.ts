import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from './printable.ts';

const cases: readonly (readonly [what: string, text: string, expected: string])[] = [
  ['plain text', 'curl 7.88.1-10+deb12u5 (ü, 漢字, 🚢)', 'curl 7.88.1-10+deb12u5 (ü, 漢字, 🚢)'],
  ['an escape sequence', 'a\u001b[2Jb', 'a\ufffd[2Jb'],
  ['a one-byte control sequence introducer', 'a\u009b2Jb', 'a\ufffd2Jb'],
  ['line ends and tabs', 'a\r\nb\tc\u2028d', 'a  b c d'],
  ['bell, backspace, delete', 'a\u0007\b\u007f', 'a\ufffd\ufffd\ufffd'],
  ['bidirectional override and isolate', '\u202egnp.\u2066', '\ufffdgnp.\ufffd'],
  ['zero width and byte order mark', 'a\u200bb\ufeffc', 'a\ufffdb\ufffdc'],
  ['tag characters', 'a\u{e0041}', 'a\ufffd'],
  ['half of a surrogate pair', 'a\ud83d', 'a\ufffd'],
];

for (const [what, text, expected] of cases) {
  test(`printable: ${what}`, () => assert.equal(printable(text), expected));
}
