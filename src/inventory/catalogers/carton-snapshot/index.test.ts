import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { cartonSnapshot } from './index.ts';

const sample = readFileSync(new URL('testdata/cpanfile.snapshot', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(cartonSnapshot, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads distributions and their graph', () => {
  assert.deepEqual(lines({ 'app/cpanfile.snapshot': sample }), [
    'HTTP-Message 6.45 > Try-Tiny@0.31',
    'Test-Fatal 0.017 > Try-Tiny@0.31',
    'Try-Tiny 0.31',
  ]);
});

test('the cpanfile beside it tells what the project asks for', () => {
  const cpanfile = "requires 'HTTP::Request';\non 'test' => sub {\n  requires 'Test::Fatal';\n};\n";
  assert.deepEqual(lines({ 'app/cpanfile.snapshot': sample, 'app/cpanfile': cpanfile }), [
    'HTTP-Message 6.45 direct > Try-Tiny@0.31',
    'Test-Fatal 0.017 development direct > Try-Tiny@0.31',
    'Try-Tiny 0.31 transitive',
  ]);
});

test('reads what it can', () => {
  assert.deepEqual(lines({ 'cpanfile.snapshot': 'DISTRIBUTIONS\n  What\n  A-v1.2.3\n' }), [
    'A v1.2.3',
    'carton-snapshot-record-unusable 1',
  ]);
  assert.deepEqual(lines({ 'cpanfile.snapshot': 'hello' }), ['carton-snapshot-unreadable 1']);
});
