import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { conanfile } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(conanfile, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads conanfile.txt', () => {
  assert.deepEqual(lines({ 'app/conanfile.txt': sample('conanfile.txt') }), [
    'zlib 1.2.13 direct',
    'openssl direct',
    'tides 0.1 direct user=harbour channel=stable',
    'cmake 3.27.0 development direct',
    'conanfile-version-open 1',
  ]);
});

test('reads what conanfile.py writes out', () => {
  assert.deepEqual(lines({ 'app/conanfile.py': sample('conanfile.py') }), [
    'zlib 1.2.13 direct',
    'bzip2 1.0.8 direct',
    'cmake 3.27.0 development direct',
    'openssl 3.2.0 direct',
    'conanfile-read-as-text 1',
  ]);
});

test('a lock file tells more', () => {
  assert.deepEqual(lines({ 'app/conanfile.txt': sample('conanfile.txt'), 'app/conan.lock': '{}' }), []);
});

test('a line of another form is said to be unusable', () => {
  assert.deepEqual(lines({ 'conanfile.txt': '[requires]\nwhat\n' }), ['conanfile-record-unusable 1']);
});
