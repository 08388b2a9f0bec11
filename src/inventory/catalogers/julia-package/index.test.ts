import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { juliaPackage } from './index.ts';

test('reads what lies in a depot', () => {
  const [sample = assert.fail('no sample')] = catalogerSamples('julia-package');
  const { packages, problems } = catalogFiles(juliaPackage, {
    [sample.path]: sample.content,
    'opt/julia/share/julia/stdlib/v1.10/Dates/Project.toml': 'name = "Dates"\nuuid = "a"\n',
    'opt/julia/share/julia/stdlib/v1.10/Statistics/Project.toml': 'name = "Statistics"\nversion = "1.10.0"\n',
    'srv/harbour/Project.toml': 'name = "Mine"\nversion = "0.1.0"\n',
    'srv/depot/packages/Odd/abcde/Project.toml': 'name = ',
  });
  assert.deepEqual(packages.map(packageLine), [
    'Statistics 1.10.0',
    'Harbour 2.4.1 (MIT) uuid=682c06a0-de6a-54ab-a142-c8b1cf79cde6',
  ]);
  assert.deepEqual(problems.map(problemLine), ['julia-package-unreadable 1']);
});
