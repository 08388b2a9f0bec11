import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pixiLock } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(pixiLock, { 'app/pixi.lock': text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads packages of both kinds and their graph', () => {
  assert.deepEqual(lines(sample('pixi.lock')), [
    'conda libzlib 1.3.1 (Zlib) channel=conda-forge',
    'conda python 3.12.3 (Python-2.0) channel=conda-forge > libzlib@1.3.1',
    'pypi flask 3.0.3 > Jinja2@3.1.4',
    'pypi Jinja2 3.1.4',
  ]);
});

test('reads the form before version 6', () => {
  assert.deepEqual(lines(sample('pixi.lock.v5')), ['conda libzlib 1.3.1 channel=conda-forge', 'pypi flask 3.0.3']);
});

test('reads what it can', () => {
  assert.deepEqual(lines('packages:\n- conda: https://x/y.conda\n- what\n'), ['pixi-lock-record-unusable 2']);
  assert.deepEqual(lines('a: b\n'), ['pixi-lock-unreadable 1']);
});
