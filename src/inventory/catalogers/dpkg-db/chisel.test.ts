import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { pathsIn } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { dpkgDb } from './index.ts';
import { knownSource } from './source-names.ts';

const MANIFEST = 'var/lib/chisel/manifest.wall';

test('reads the packages of which chisel laid down slices, and their paths', () => {
  const { packages, problems } = catalogFiles(dpkgDb, {
    [MANIFEST]: readFileSync(new URL('testdata/manifest.wall', import.meta.url)),
  });
  assert.deepEqual(
    packages.map((found) => `${packageLine(found)} ${found.architecture} from ${found.source?.name}`),
    [
      'base-files 13ubuntu10.1 amd64 from base-files',
      'harbour 2.4.1-3 amd64 from harbour',
      'libgcc-s1 14.2.0-4ubuntu2~24.04 amd64 from gcc-14',
      'libssl3t64 3.0.13-0ubuntu3.5 amd64 from openssl',
    ],
  );
  const [, harbour, , ssl] = packages;
  assert.deepEqual(pathsIn(harbour?.files ?? assert.fail('no files')), ['usr/bin/harbour']);
  assert.deepEqual(pathsIn(ssl?.files ?? assert.fail('no files')), ['usr/lib/x86_64-linux-gnu/libssl.so.3']);
  assert.deepEqual(problems.map(problemLine), ['chisel-source-unknown 1']);
});

test('a package that dpkg lists as well is taken once', () => {
  const status =
    'Package: libssl3t64\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\nSource: openssl\n';
  const wall = zstdCompressSync('{"kind":"package","name":"libssl3t64","version":"1","arch":"amd64"}\n');
  const { packages } = catalogFiles(dpkgDb, { [MANIFEST]: wall, 'var/lib/dpkg/status': status });
  assert.equal(packages.length, 1);
});

for (const [what, content, expected] of [
  ['what is no zstd', Buffer.from('{"kind":"package"}'), ['chisel-manifest-unreadable 1']],
  ['a line of no JSON', zstdCompressSync('{"kind":\n[]\n'), ['chisel-line-unreadable 2']],
  ['a record without a version', zstdCompressSync('{"kind":"package","name":"a"}\n'), ['chisel-record-unusable 1']],
] as const) {
  test(`${what} is a problem`, () => {
    assert.deepEqual(catalogFiles(dpkgDb, { [MANIFEST]: content }).problems.map(problemLine), expected);
  });
}

test('the source is said only where it is beyond doubt', () => {
  const table: [name: string, version: string, source: string | undefined][] = [
    ['libssl3t64', '3.0.13', 'openssl'],
    ['libstdc++6', '12.3.0-1ubuntu1~22.04', 'gcc-12'],
    ['libpython3.12-stdlib', '3.12.3-1', 'python3.12'],
    ['python3-minimal', '3.12.3-0', 'python3-defaults'],
    ['aspnetcore-runtime-8.0', '8.0.4-0', 'dotnet8'],
    ['openjdk-21-jre-headless', '21.0.3', 'openjdk-21'],
    ['libicu74', '74.2-1', 'icu'],
    ['constructor', '1', undefined],
    ['harbour', '1', undefined],
  ];
  for (const [name, version, source] of table) assert.equal(knownSource(name, version), source, name);
});
