import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InstalledPackage, PackageType } from '#model/index.ts';
import { packageUrl } from '#model/index.ts';
import { diffPackages } from './sbom-diff.ts';

function pkg(type: PackageType, nameAndVersion: string, parts: Partial<InstalledPackage> = {}): InstalledPackage {
  const [name = '', version = ''] = nameAndVersion.split(' ');
  const described = { type, name, version, licences: [] };
  const origin = { path: 'x' };
  return { ...described, purl: packageUrl(described), cataloger: 'x', evidence: 'installed', origin, ...parts };
}

function inLayer(index: number, path = 'x'): InstalledPackage['origin'] {
  return { path, layer: { index, diffId: `sha256:${String(index).repeat(64)}`, part: 'unknown' } };
}

function changes(before: readonly InstalledPackage[], after: readonly InstalledPackage[]): string[] {
  return diffPackages(before, after).differences.map(({ change, before: old, after: now, isRelicensed }) =>
    [
      change,
      old && `${old.name} ${old.version}`,
      '>',
      now && `${now.name} ${now.version}`,
      isRelicensed && 'relicensed',
    ]
      .filter(Boolean)
      .join(' '),
  );
}

const rows: readonly (readonly [
  what: string,
  before: InstalledPackage[],
  after: InstalledPackage[],
  expected: string[],
])[] = [
  ['nothing', [pkg('npm', 'a 1.0.0')], [pkg('npm', 'a 1.0.0')], []],
  ['come and gone', [pkg('npm', 'a 1.0.0')], [pkg('npm', 'b 1.0.0')], ['added > b 1.0.0', 'removed a 1.0.0 >']],
  ['numbers, not letters', [pkg('npm', 'a 9.0.0')], [pkg('npm', 'a 10.0.0')], ['upgraded a 9.0.0 > a 10.0.0']],
  ['tildes of Debian', [pkg('deb', 'a 1.0~rc1')], [pkg('deb', 'a 1.0')], ['upgraded a 1.0~rc1 > a 1.0']],
  ['epochs', [pkg('rpm', 'a 9-1')], [pkg('rpm', 'a 1:2-1')], ['upgraded a 9-1 > a 1:2-1']],
  ['back', [pkg('pypi', 'a 2.0')], [pkg('pypi', 'a 2.0rc1')], ['downgraded a 2.0 > a 2.0rc1']],
  ['an order that is not known', [pkg('flatpak', 'a 1')], [pkg('flatpak', 'a 2')], ['changed a 1 > a 2']],
  ['unreadable versions', [pkg('npm', 'a x')], [pkg('npm', 'a y')], ['changed a x > a y']],
  ['another spelling', [pkg('pypi', 'A_b 1')], [pkg('pypi', 'a-b 1')], []],
  [
    'several versions at once',
    [pkg('npm', 'a 1.0.0'), pkg('npm', 'a 2.0.0'), pkg('npm', 'a 3.0.0')],
    [pkg('npm', 'a 3.1.0'), pkg('npm', 'a 1.0.0')],
    ['removed a 2.0.0 >', 'upgraded a 3.0.0 > a 3.1.0'],
  ],
  [
    'another distribution and architecture',
    [pkg('deb', 'a 1', { architecture: 'amd64', purl: 'pkg:deb/debian/a@1' })],
    [
      pkg('deb', 'a 2', { architecture: 'amd64', purl: 'pkg:deb/ubuntu/a@2' }),
      pkg('deb', 'a 2', { architecture: 'arm64' }),
    ],
    ['added > a 2', 'upgraded a 1 > a 2'],
  ],
  [
    'licences',
    [pkg('npm', 'a 1.0.0', { licences: ['MIT'] }), pkg('npm', 'b 1.0.0', { licences: ['MIT'] })],
    [pkg('npm', 'a 1.0.0', { licences: ['BUSL-1.1'] }), pkg('npm', 'b 2.0.0', { licences: ['ISC'] })],
    ['upgraded b 1.0.0 > b 2.0.0 relicensed', 'relicensed a 1.0.0 > a 1.0.0 relicensed'],
  ],
  [
    'licences of which one side knows nothing',
    [pkg('npm', 'a 1.0.0', { licences: ['MIT'] })],
    [pkg('npm', 'a 1.0.0')],
    [],
  ],
  [
    'layers',
    [pkg('deb', 'a 1', { origin: inLayer(0) })],
    [pkg('deb', 'a 1', { origin: inLayer(3) })],
    ['moved a 1 > a 1'],
  ],
  [
    'copies in other places',
    [pkg('npm', 'a 1.0.0', { origin: inLayer(1) })],
    [pkg('npm', 'a 1.0.0', { origin: inLayer(1, 'y') }), pkg('npm', 'a 1.0.0', { origin: inLayer(1, 'z') })],
    [],
  ],
];
for (const [what, before, after, expected] of rows) {
  test(what, () => assert.deepEqual(changes(before, after), expected));
}

test('what stays is counted', () => {
  const packages = [pkg('npm', 'a 1.0.0'), pkg('npm', 'a 2.0.0'), pkg('deb', 'b 1')];
  assert.equal(diffPackages(packages, packages).unchanged, 3);
});
