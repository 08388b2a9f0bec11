import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { condaEnvironment } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(condaEnvironment, { 'app/environment.yml': text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads packages of conda and of pip', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/environment.yml', import.meta.url), 'utf8')), [
    'conda python 3.11.7',
    'conda charts 2.4.1 channel=conda-forge/linux-64',
    'conda tide',
    'conda salt 0.2',
    'conda pip',
    'pypi Flask 3.0.3',
    'pypi open',
    'conda-environment-version-open 1',
  ]);
});

for (const [what, text, expected] of [
  ['a bad record', 'dependencies:\n  - "="\n  - a=1.0\n', ['conda a 1.0', 'conda-environment-record-unusable 1']],
  [
    'a range',
    'dependencies: ["a=1.*", "b>=1,<2", "c!=1", "d==1.0|==2.0", "e[version=\'1\']"]',
    ['conda a', 'conda b', 'conda c', 'conda d', 'conda e'],
  ],
  ['something else of the name', 'apiVersion: v1\n', []],
  ['nesting without an end', '- '.repeat(100_000), ['conda-environment-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
