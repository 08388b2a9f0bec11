import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine } from '../../../../test/kit/catalog-files.ts';
import { goVendor } from './index.ts';

test('reads modules of which packages were copied', () => {
  const text = readFileSync(new URL('testdata/app/vendor/modules.txt', import.meta.url), 'utf8');
  const { packages, problems } = catalogFiles(goVendor, { 'app/vendor/modules.txt': text });
  assert.deepEqual(packages.map(packageLine), ['github.com/pkg/errors v0.9.0', 'golang.org/x/text v0.14.0']);
  assert.deepEqual(problems, []);
});
