import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { vcpkgStatus } from './index.ts';

const sample = readFileSync(new URL('testdata/app/vcpkg_installed/vcpkg/status', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(vcpkgStatus, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is installed', () => {
  assert.deepEqual(lines({ 'app/vcpkg_installed/vcpkg/status': sample }), [
    'vcpkg-cmake 2023-05-04 triplet=x64-linux',
    'zlib 1.3.1 triplet=x64-linux port_version=1 > vcpkg-cmake@2023-05-04',
    'curl 8.6.0 triplet=x64-linux > zlib@1.3.1',
  ]);
});

test('updates come after the file that they update', () => {
  const update = (fields: string) => `${fields}\nArchitecture: x64-linux\nStatus: install ok installed\n`;
  const files = {
    'opt/vcpkg/installed/vcpkg/status': sample,
    'opt/vcpkg/installed/vcpkg/updates/0000000010': update('Package: zlib\nVersion: 1.3.2'),
    'opt/vcpkg/installed/vcpkg/updates/0000000009':
      'Package: zlib\nVersion: 1.3.1\nArchitecture: x64-linux\nStatus: purge ok not-installed\n',
    'other/vcpkg/status': update('Package: openssl\nVersion: 3.2.1'),
    'other/0000000001': update('Package: not-vcpkg\nVersion: 1'),
  };
  assert.deepEqual(lines(files), [
    'vcpkg-cmake 2023-05-04 triplet=x64-linux',
    'zlib 1.3.2 triplet=x64-linux > vcpkg-cmake@2023-05-04',
    'curl 8.6.0 triplet=x64-linux > zlib@1.3.2',
    'openssl 3.2.1 triplet=x64-linux',
  ]);
});

test('a paragraph of another form is said to be unusable', () => {
  assert.deepEqual(lines({ 'a/vcpkg/status': `what\n\n${sample}` }).at(-1), 'vcpkg-status-record-unusable 1');
});
