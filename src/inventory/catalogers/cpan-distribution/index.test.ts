import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageUrl } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { cpanDistribution } from './index.ts';

const META = 'usr/local/lib/perl5/.meta';

test('joins where a distribution came from with what it says of itself', () => {
  const files = Object.fromEntries(catalogerSamples('cpan-distribution').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(cpanDistribution, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['Harbour-Charts 2.4.1 (Artistic-1.0-Perl OR GPL-1.0-or-later)']);
  assert.deepEqual(
    packages.map((found) => packageUrl(found)),
    ['pkg:cpan/Harbour-Charts@2.4.1'],
  );
});

test('files of the same names elsewhere are none of its business, broken ones are problems', () => {
  const { packages, problems } = catalogFiles(cpanDistribution, {
    'srv/install.json': '{"version":"1"}',
    [`${META}/A-1/MYMETA.json`]: '{"name":"A","version":"1","license":["unknown"]}',
    [`${META}/B-1/install.json`]: '{',
    [`${META}/C-1/install.json`]: '{"dist":"C"}',
  });
  assert.deepEqual(packages.map(packageLine), ['A 1']);
  assert.deepEqual(problems.map(problemLine), [
    'cpan-distribution-unreadable 1',
    'cpan-distribution-record-unusable 1',
  ]);
});
