import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byVersion } from './places.ts';

const asset = (name: string) => ({ id: name, kind: 'repository' as const, name, team: null });

test('each version stands with the assets that have it, once each, the most common first', () => {
  const rows = byVersion([
    { type: 'maven', version: '2.14.1', asset: asset('a') },
    { type: 'maven', version: '2.17.1', asset: asset('b') },
    { type: 'maven', version: '2.17.1', asset: asset('c') },
    { type: 'maven', version: '2.17.1', asset: asset('b') },
  ]);
  assert.deepEqual(
    rows.map(({ version, assets }) => [version, assets.map(({ name }) => name).join()]),
    [
      ['2.17.1', 'b,c'],
      ['2.14.1', 'a'],
    ],
  );
});
