import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathsIn } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { catalogerSamples } from '../../../../test/kit/cataloger-samples.ts';
import { slackwareDb } from './index.ts';

test('reads packages with their files', () => {
  const files = Object.fromEntries(catalogerSamples('slackware-db').map(({ path, content }) => [path, content]));
  const { packages, problems } = catalogFiles(slackwareDb, files);
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['harbour-charts 2.4.1-3_slack15.0']);
  const [harbour = assert.fail('no package')] = packages;
  assert.equal(harbour.architecture, 'x86_64');
  assert.deepEqual(pathsIn(harbour.files ?? assert.fail('no files')), ['usr/bin/harbour', 'usr/lib64/libharbour.so.1']);
});

test('a name without a version is a problem', () => {
  const { packages, problems } = catalogFiles(slackwareDb, {
    'var/log/packages/odd-1': 'PACKAGE NAME: odd-1\nFILE LIST:\n',
    'var/log/packages/of-another-1.0-x86_64-1': 'log\n',
  });
  assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], ['slackware-db-record-unusable 1']);
});
