import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { condaLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(condaLock, { 'app/conda-lock.yml': text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads packages of all platforms once', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/conda-lock.yml', import.meta.url), 'utf8')), [
    'conda zlib 1.3.1 channel=conda-forge > libzlib@1.3.1',
    'conda libzlib 1.3.1 channel=conda-forge',
    'pypi flask 3.0.3 development > jinja2@3.1.4',
    'pypi jinja2 3.1.4 optional',
  ]);
});

test('reads what it can', () => {
  assert.deepEqual(lines('package:\n- name: a\n- 7\n'), ['conda-lock-record-unusable 2']);
  assert.deepEqual(lines('a: b\n'), ['conda-lock-unreadable 1']);
});
