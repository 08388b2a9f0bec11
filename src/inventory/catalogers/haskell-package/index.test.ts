import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { haskellPackage } from './index.ts';

test('reads registered libraries only', () => {
  const [sample = assert.fail('no sample')] = catalogerSamples('haskell-package');
  const { packages, problems } = catalogFiles(haskellPackage, {
    [sample.path]: sample.content,
    'etc/harbour.conf': 'name: x\nversion: 1\n',
    'opt/ghc/lib/package.conf.d/z-harbour.conf': 'name: z-a-z-b\npackage-name: a\nlib-name: b\nversion: 1\n',
    'opt/ghc/lib/package.conf.d/nameless.conf': 'version: 1\n',
  });
  assert.deepEqual(packages.map(packageLine), ['a 1', 'harbour 2.4.1 (BSD-3-Clause)']);
  assert.equal(packages[1]?.maintainer, 'Packaging Team <packaging@example.org>');
  assert.deepEqual(problems.map(problemLine), ['haskell-package-record-unusable 1']);
});
