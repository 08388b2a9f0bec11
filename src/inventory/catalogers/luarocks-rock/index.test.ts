import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { luarocksRock } from './index.ts';

test('reads the rocks of a tree', () => {
  const files = Object.fromEntries(catalogerSamples('luarocks-rock').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(luarocksRock, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour 2.4.1-3 (MIT/X11)']);
  assert.equal(packages[0]?.maintainer, 'Packaging Team <packaging@example.org>');
});

test('the rockspec of sources is not installed', () => {
  const { packages } = catalogFiles(luarocksRock, { 'srv/harbour/harbour-2.4.1-3.rockspec': 'package = "harbour"\n' });
  assert.deepEqual(packages, []);
});
