import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pdmLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(pdmLock, { 'app/pdm.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages, one for all sets of extras', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/pdm.lock', import.meta.url), 'utf8')), [
    'harbour-charts 2.4.1 > tide@1.5',
    'tide 1.5 > salt@0.2',
    'lint 9.1 development',
    'salt 0.2 optional',
  ]);
});

test('reads what it can of broken files', () => {
  assert.deepEqual(lines('[[package]]\nname = 1\n[[package]]\nname = "b"\nversion = "1"\ndependencies = [7, "?"]\n'), [
    'b 1',
    'pdm-lock-record-unusable 1',
  ]);
  assert.deepEqual(lines('package = 7\n'), []);
  assert.deepEqual(lines('[['), ['pdm-lock-unreadable 1']);
});
