import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { cabalFreeze } from './index.ts';

function lines(text: string, path = 'app/cabal.project.freeze'): string[] {
  const { packages, problems } = catalogFiles(cabalFreeze, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is pinned', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/cabal.project.freeze', import.meta.url), 'utf8')), [
    'aeson 2.1.2.1',
    'base 4.17.0.0',
  ]);
});

test('reads the file of old releases', () => {
  assert.deepEqual(lines('-- comment\nconstraints: a ==1.0,\n  b ==2.0', 'app/cabal.config'), ['a 1.0', 'b 2.0']);
});

test('a file of something else is said to be that', () => {
  assert.deepEqual(lines('hello'), ['cabal-freeze-unreadable 1']);
  assert.deepEqual(lines('remote-repo: x', 'app/cabal.config'), []);
});
