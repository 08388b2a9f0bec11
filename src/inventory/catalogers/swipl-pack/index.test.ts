import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { swiplPack } from './index.ts';

test('reads packs', () => {
  const [sample = assert.fail('no sample')] = catalogerSamples('swipl-pack');
  const { packages, problems } = catalogFiles(swiplPack, {
    [sample.path]: sample.content,
    'opt/pack/tide/pack.pl': 'name( tide ).\nversion( "1.0" ).\n',
    'opt/pack/nameless/pack.pl': "version('1').\n",
    'usr/bin/pack.pl': '#!/usr/bin/perl\nprint pack("N", 1);\n',
  });
  assert.deepEqual(packages.map(packageLine), ['tide 1.0', 'harbour 2.4.1']);
  assert.equal(packages[1]?.maintainer, 'Packaging Team');
  assert.deepEqual(problems.map(problemLine), ['swipl-pack-record-unusable 1']);
});
