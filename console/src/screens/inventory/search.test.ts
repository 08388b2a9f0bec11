import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAssetSearch, readInventorySearch } from './search.ts';

test('what is not understood in the address is left out', () => {
  assert.deepEqual(readInventorySearch({ find: 'log4j', kind: 'host', team: 'x', unowned: 'yes', other: 1 }), {
    find: 'log4j',
    kind: 'host',
  });
  assert.deepEqual(readInventorySearch({ find: 7, unowned: true }), { find: '7', unowned: true });
  assert.deepEqual(readAssetSearch({ tab: 'packages', version: 12 }), { tab: 'packages', version: 12 });
  assert.deepEqual(readAssetSearch({ tab: 'x', version: 'y' }), {});
});
