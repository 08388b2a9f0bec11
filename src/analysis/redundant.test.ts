import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstalledPackage, PackageType } from '#model/index.ts';
import { markOwned } from './ownership.ts';
import { withoutRedundant } from './redundant.ts';

function found(cataloger: string, path: string, rest: Partial<InstalledPackage> = {}): InstalledPackage {
  const type: PackageType = 'generic';
  return {
    type,
    name: 'nginx',
    version: '1.25.1',
    licences: [],
    purl: 'pkg:generic/nginx@1.25.1',
    cataloger,
    evidence: 'installed',
    origin: { path },
    ...rest,
  };
}

const deb = found('dpkg-db', 'var/lib/dpkg/status', {
  type: 'deb',
  purl: 'pkg:deb/debian/nginx@1.22.1-9',
  files: 'usr/sbin/nginx\nusr/lib/jvm/java-17/release\nusr/bin/tool' as NonNullable<InstalledPackage['files']>,
});

for (const [what, packages, left] of [
  ['a program of a system package', [deb, found('binary-product', 'usr/sbin/nginx')], ['dpkg-db']],
  ['a program that was copied in', [deb, found('binary-product', 'opt/nginx')], ['dpkg-db', 'binary-product']],
  [
    'a program of a wheel',
    [
      found('python-package', 'usr/lib/python3/x.dist-info/METADATA', {
        type: 'pypi',
        purl: 'pkg:pypi/x@1',
        files: 'usr/lib/python3/x.libs/libssl.so.3' as NonNullable<InstalledPackage['files']>,
      }),
      found('binary-product', 'usr/lib/python3/x.libs/libssl.so.3'),
    ],
    ['python-package', 'binary-product'],
  ],
  ['a Java runtime of a system package', [deb, found('jvm-release', 'usr/lib/jvm/java-17/release')], ['dpkg-db']],
  [
    'the launcher of a Java runtime',
    [found('jvm-release', 'opt/java/release'), found('binary-product', 'opt/java/bin/java')],
    ['jvm-release'],
  ],
  [
    'a program of a Bitnami package',
    [
      found('bitnami-sbom', 'opt/bitnami/nginx/.spdx-nginx.spdx', { type: 'bitnami' }),
      found('binary-product', 'opt/bitnami/nginx/sbin/nginx'),
      found('binary-product', 'opt/bitnami/nginx-two/sbin/nginx'),
    ],
    ['bitnami-sbom', 'binary-product'],
  ],
  [
    'the note of a program of a system package',
    [deb, found('elf-package-note', 'usr/bin/tool', { type: 'deb' })],
    ['dpkg-db'],
  ],
  [
    'the modules of a Go program of a system package',
    [deb, found('go-binary', 'usr/bin/tool', { type: 'golang' })],
    ['dpkg-db', 'go-binary'],
  ],
] as const) {
  test(`keeps ${left.length} records where there is ${what}`, () => {
    assert.deepEqual(
      withoutRedundant(markOwned(packages)).map(({ cataloger }) => cataloger),
      left,
    );
  });
}
