import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { renvLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(renvLock, { 'app/renv.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages, their graph and where they come from', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/renv.lock', import.meta.url), 'utf8')), [
    'markdown 1.0 > mime@0.7',
    'mime 0.7',
    'Biobase 2.60.0 repository_url=https://bioconductor.org > mime@0.7',
    'tides 0.1.0 vcs_url=git+https://github.com/harbour/tides@0123456789',
  ]);
});

for (const [what, text, expected] of [
  ['no JSON', '{', ['renv-lock-unreadable 1']],
  ['something else', '{"a":1}', ['renv-lock-unreadable 1']],
  ['a bad package', '{"Packages":{"a":7,"b":{"Version":"1"}}}', ['b 1', 'renv-lock-record-unusable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
