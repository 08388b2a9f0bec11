import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { InstalledPackage } from '#model/index.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { withoutEmbeddedRepeats } from '../../embedded-repeats.ts';
import { embeddedSbom } from './index.ts';

function packagesIn(path: string, content: Buffer | string): string[] {
  const { fragment } = embeddedSbom.read(inputFile(path, content));
  if (fragment === undefined) return [];
  return embeddedSbom
    .assemble([{ path, fragment, layer: 0, older: [] }], {})
    .packages.map(({ package: { type, name, version, source } }) =>
      [type, name, version, source && `(${source.name})`].filter(Boolean).join(' '),
    )
    .sort();
}

function sample(name: string): Buffer {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url));
}

test('components become packages, whatever the format', () => {
  const shop = ['npm @types/node 18.0.0', 'npm debug 4.3.4', 'npm ms 2.1.2', 'npm shop 1.0.0'];
  assert.deepEqual(packagesIn('app/bom.cdx.xml', sample('shop.cdx.xml')), shop);
  assert.deepEqual(packagesIn('usr/share/ship.spdx', sample('ship.spdx')), [
    'deb libkeel1 1:1.2-3+b1 (keel)',
    'deb rudder 4.0-1 (rudder)',
    'npm @types/node 18.0.0',
    'npm lodash 4.17.15',
  ]);
});

test('what binaries of a wheel link, as PEP 770 has it', () => {
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.4',
    metadata: { component: { type: 'library', name: 'pillow', purl: 'pkg:pypi/pillow@11.2.0' } },
    components: [
      { type: 'library', name: 'libwebp', version: '1.2.0-11.el9_3', purl: 'pkg:rpm/almalinux/libwebp@1.2.0-11.el9_3' },
      { type: 'library', name: 'xz', version: '5.8.0', purl: 'pkg:generic/xz@5.8.0' },
    ],
  };
  const path = 'usr/lib/python3/site-packages/pillow-11.2.0.dist-info/sboms/auditwheel.cdx.json';
  assert.deepEqual(packagesIn(path, JSON.stringify(bom)), [
    'generic xz 5.8.0',
    'pypi pillow 11.2.0',
    'rpm libwebp 1.2.0-11.el9_3',
  ]);
});

test('what is called so and is none is passed over, what surely is one and damaged is said', () => {
  const read = (path: string, content: string) => embeddedSbom.read(inputFile(path, content));
  assert.deepEqual(read('app/bom.json', '{"parts":[]}'), { problems: [] });
  assert.deepEqual(read('opt/bitnami/redis/.spdx-redis.spdx', 'SPDXVersion: SPDX-2.3\n'), { problems: [] });
  const { problems } = read('app/x.cdx.json', '{"bomFormat":');
  assert.deepEqual(
    problems.map(({ code, effect }) => [code, effect]),
    [['embedded-sbom-unreadable', 'degraded']],
  );
});

test('what an SBOM leaves open is no hole in what was looked at', () => {
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', components: [{ type: 'library', name: 'x' }] };
  const { problems } = embeddedSbom.read(inputFile('x.cdx.json', JSON.stringify(bom)));
  assert.deepEqual(
    problems.map(({ effect }) => effect),
    ['degraded'],
  );
});

test('only what nobody else found stays', () => {
  const found = (purl: string, cataloger: string): InstalledPackage => ({
    type: purl.startsWith('pkg:deb') ? 'deb' : 'npm',
    name: 'x',
    version: '1',
    licences: [],
    purl,
    cataloger,
    evidence: 'installed',
    origin: { path: cataloger },
  });
  const packages = [
    found('pkg:npm/a@1', 'node-package'),
    found('pkg:npm/a@1?x=y', 'embedded-sbom'),
    found('pkg:npm/b@1', 'embedded-sbom'),
    found('pkg:npm/b@1', 'embedded-sbom'),
    found('pkg:deb/debian/z@1', 'dpkg-db'),
    found('pkg:deb/debian/builder@1', 'embedded-sbom'),
  ];
  assert.deepEqual(
    withoutEmbeddedRepeats(packages).map(({ purl, cataloger }) => `${purl} ${cataloger}`),
    ['pkg:npm/a@1 node-package', 'pkg:npm/b@1 embedded-sbom', 'pkg:deb/debian/z@1 dpkg-db'],
  );
});
