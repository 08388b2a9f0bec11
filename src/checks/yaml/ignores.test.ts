import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yamlIgnores } from './ignores.ts';

const table: readonly [what: string, text: string, ...ranges: string[]][] = [
  ['nothing', 'a: 1 # why\n'],
  ['the next line', '# plimsoll:ignore x-y why\na: 1\nb: 2\n', '2-2 x-y'],
  ['a whole block', 'web:\n  # plimsoll:ignore x-y\n  a:\n    b: 1\n\n    c: 2\n  d: 3\n', '3-6 x-y'],
  ['the line that it ends', 'a: 1 # plimsoll:ignore x-y\nb: 2\n', '1-1 x-y'],
  ['a member with its items', 'ports: # plimsoll:ignore x-y\n- 1\n- 2\nb: 2\n', '1-3 x-y'],
  ['one item', 'ports:\n# plimsoll:ignore x-y\n- a: 1\n  b: 2\n- c: 3\n', '3-4 x-y'],
  ['past other comments', '# plimsoll:ignore x-y\n# and so on\n\na: 1\n', '4-4 x-y'],
  ['several checks', '# plimsoll:ignore x-y, x-z\na: 1\n', '2-2 x-y,x-z'],
  ['the whole file', 'a: 1\n# plimsoll:ignore-file x-y generated\nb: 1\n', '1-4 x-y'],
  ['nothing in a text', 'a: "b#plimsoll:ignore x-y"\n'],
  ['nothing below', 'a: 1\n# plimsoll:ignore x-y\n', '3-3 x-y'],
];
for (const [what, text, ...ranges] of table) {
  test(`a comment ignores ${what}`, () => {
    const found = yamlIgnores(text).map(({ ids, firstLine, lastLine }) => `${firstLine}-${lastLine} ${ids.join()}`);
    assert.deepEqual(found, ranges);
  });
}
