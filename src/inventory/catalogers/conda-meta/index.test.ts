import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { condaMeta } from './index.ts';

const NAME = 'charts-2.4.1-py311h00_0.json';
const META = 'opt/conda/envs/harbour/conda-meta';
const sample = readFileSync(new URL(`testdata/${NAME}`, import.meta.url), 'utf8');

function lines(files: Record<string, string>): string[] {
  const { packages, problems } = catalogFiles(condaMeta, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

const line = 'charts 2.4.1 (BSD-3-Clause) build=py311h00_0 channel=conda-forge subdir=linux-64';

test('reads the records of an environment', () => {
  assert.deepEqual(lines({ [`${META}/${NAME}`]: sample }), [line]);
  assert.deepEqual(lines({ 'opt/other/sample-0.json': sample }), []);
});

test('takes from the history what has no record and was not removed', () => {
  const history = `==> 2026-01-01 00:00:00 <==
# cmd: conda create charts
+conda-forge/linux-64::charts-2.4.1-py311h00_0
+conda-forge/linux-64::python-3.11.6-h00_0_cpython
+conda-forge/noarch::my-tide-1.5-pyhd_0
==> 2026-01-02 00:00:00 <==
-conda-forge/linux-64::python-3.11.6-h00_0_cpython
+conda-forge/linux-64::python-3.11.7-h00_0_cpython
-conda-forge/noarch::gone-1.0-0
+what is this
# update specs: ['python']
`;
  assert.deepEqual(lines({ [`${META}/${NAME}`]: sample, [`${META}/history`]: history }), [
    line,
    'my-tide 1.5 build=pyhd_0 channel=conda-forge subdir=noarch',
    'python 3.11.7 build=h00_0_cpython channel=conda-forge subdir=linux-64',
    'conda-meta-record-unusable 1',
  ]);
});

for (const [what, text, expected] of [
  ['a record without a version', '{"name":"a"}', ['conda-meta-record-unusable 1']],
  ['a record that is a list', '[]', ['conda-meta-record-unusable 1']],
  ['no JSON', '{', ['conda-meta-unreadable 1']],
] as const) {
  test(`${what} is a problem`, () => assert.deepEqual(lines({ [`${META}/a-1-0.json`]: text }), expected));
}
