import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, problemLine } from '../../../../test/kit/catalog-files.ts';
import { preCommit } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(preCommit, { '.pre-commit-config.yaml': text });
  return [
    ...packages.map(({ type, name, version, scope }) => `${type} ${name} ${version} ${scope}`),
    ...problems.map(problemLine),
  ];
}

test('reads repositories and what their hooks pin', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/.pre-commit-config.yaml', import.meta.url), 'utf8')), [
    'generic github.com/pre-commit/pre-commit-hooks v4.5.0 development',
    'generic github.com/psf/black 23.12.1 development',
    'pypi click 8.1.0 development',
    'pre-commit-record-unusable 1',
  ]);
});

test('something else is said to be that', () => assert.deepEqual(lines('a: b\n'), ['pre-commit-unreadable 1']));
