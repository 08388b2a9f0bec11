import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { bottlerocketInventory } from './index.ts';

const PATH = 'usr/share/bottlerocket/application-inventory.json';
const sample = readFileSync(new URL('testdata/application-inventory.json', import.meta.url), 'utf8');

test('reads packages with versions as rpm writes them', () => {
  const { packages, problems } = catalogFiles(bottlerocketInventory, { [PATH]: sample });
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'harbour-settings 0.0-1.1718000000.0a1b2c3d.br1',
    'charts 1:2.4.1-1.1718000000.0a1b2c3d.br1',
    'old-form 1.0',
  ]);
  assert.deepEqual([packages[0]?.architecture, packages[0]?.vendor], ['x86_64', 'Bottlerocket']);
});

for (const [what, text, expected] of [
  ['no JSON', '{', ['bottlerocket-inventory-unreadable', 1]],
  ['another document', '{"content":[]}', ['bottlerocket-inventory-unreadable', 1]],
  ['a record without a version', '{"Content":[{"Name":"a"},3]}', ['bottlerocket-inventory-record-unusable', 2]],
] as const) {
  test(`${what} is a problem`, () => {
    const { problems } = catalogFiles(bottlerocketInventory, { [PATH]: text });
    const total = problems.reduce((sum, { count = 1 }) => sum + count, 0);
    assert.deepEqual([problems[0]?.code, total], expected);
  });
}
