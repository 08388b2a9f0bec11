import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFindingsSearch } from './search.ts';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';

test('an address is read as far as it can be', () => {
  for (const [search, expected] of [
    [{}, {}],
    [{ filter: '' }, { filter: '' }],
    [
      { filter: 4711, sort: '-seen', open: id },
      { filter: '4711', sort: '-seen', open: id },
    ],
    [{ filter: ['x'], sort: 'constructor', open: '../..', view: 7, other: 1 }, { sort: 'rank' }],
  ] as const)
    assert.deepEqual(readFindingsSearch(search), expected);
});
