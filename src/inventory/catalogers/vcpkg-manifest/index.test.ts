import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { vcpkgManifest } from './index.ts';

const sample = readFileSync(new URL('testdata/vcpkg.json', import.meta.url), 'utf8');

function lines(text: string, path = 'app/vcpkg.json'): string[] {
  const { packages, problems } = catalogFiles(vcpkgManifest, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what is asked for and the versions that are fixed', () => {
  assert.deepEqual(lines(sample), [
    'fmt 9.1.0 direct port_version=1',
    'zlib direct',
    'protobuf development direct',
    'openssl 3.0.8 optional direct port_version=2',
    'vcpkg-manifest-version-open 2',
  ]);
});

test('manifests of the registry are not the project’s', () => {
  assert.deepEqual(lines(sample, 'opt/vcpkg/ports/zlib/vcpkg.json'), []);
});

for (const [what, text, expected] of [
  ['no JSON', '{', ['vcpkg-manifest-unreadable 1']],
  [
    'a bad dependency',
    '{"dependencies":[7,"__proto__"]}',
    ['__proto__ direct', 'vcpkg-manifest-version-open 2', 'vcpkg-manifest-record-unusable 1'],
  ],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
