import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { conanInfo } from './index.ts';

const sample = readFileSync(new URL('testdata/conaninfo.txt', import.meta.url), 'utf8');

function lines(path: string, text = sample): string[] {
  const { packages, problems } = catalogFiles(conanInfo, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('the path names the package in the storage', () => {
  const id = '0123456789012345678901234567890123456789';
  assert.deepEqual(lines(`root/.conan/data/openssl/1.1.1t/_/_/package/${id}/conaninfo.txt`), ['openssl 1.1.1t']);
  assert.deepEqual(lines(`root/.conan/data/tides/0.1/harbour/stable/package/${id}/conaninfo.txt`), [
    'tides 0.1 user=harbour channel=stable',
  ]);
});

test('elsewhere the file names what is needed', () => {
  assert.deepEqual(lines('app/build/conaninfo.txt'), ['zlib 1.2.13', 'tides 0.1 user=harbour channel=stable']);
});

test('a shortened version is none', () => {
  assert.deepEqual(lines('b/conaninfo.txt', '[requires]\nzlib/1.Y.Z\n'), ['zlib', 'conan-info-version-open 1']);
  assert.deepEqual(lines('b/conaninfo.txt', '[requires]\nwhat\n'), ['conan-info-record-unusable 1']);
});
