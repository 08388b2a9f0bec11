import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Package, pathsIn } from '#model/index.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { ndbDatabase, rpmHeader, simpleHeader } from '../../../../test/kit/rpm-database.ts';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { rpmDb } from './index.ts';

function stored(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`testdata/${name}.gz`, import.meta.url)));
}

function catalog(path: string, content: Uint8Array | string) {
  const { fragment, problems } = rpmDb.read(inputFile(path, content));
  const fragments = fragment === undefined ? [] : [{ path, fragment, layer: 0, older: [] }];
  const assembly = rpmDb.assemble(fragments, {});
  const packages = assembly.packages.map((found) => found.package);
  return { packages, problems: [...problems, ...assembly.problems] };
}

function rows(packages: readonly Package[]): string[] {
  return packages
    .map((p) => [p.name, p.version, p.architecture, p.source?.name, p.source?.version, p.vendor].join(' '))
    .sort();
}

const harbour = 'harbour 2.4.1-3.el9 Example Distribution';
const expected = [
  'beacon 0.9~rc2-1.module_el8+12+abcdef01 noarch beacon 0.9~rc2-1.module_el8+12+abcdef01 ',
  `harbour 1:2.4.1-3.el9 x86_64 ${harbour}`,
  `harbour-libs 1:2.4.1-3.el9 noarch ${harbour}`,
  `harbour-zero 9-3.el9 x86_64 ${harbour}`,
];

for (const [name, path] of [
  ['rpmdb.sqlite', 'usr/lib/sysimage/rpm/rpmdb.sqlite'],
  ['Packages', 'var/lib/rpm/Packages'],
  ['Packages.big-endian', 'var/lib/rpm/Packages'],
] as const) {
  test(`reads ${name} as rpm wrote it`, () => {
    const { packages, problems } = catalog(path, stored(name));
    assert.deepEqual(problems, []);
    assert.deepEqual(rows(packages), expected);
    const libs = packages.find((p) => p.name === 'harbour-libs');
    assert.deepEqual(libs?.licences, ['MIT AND Zlib']);
    const files = pathsIn(libs?.files ?? assert.fail('no files'));
    assert.equal(files.length, 120);
    assert.equal(files[0], 'usr/share/harbour/maps/chart-1.txt');
    const beacon = packages.find((p) => p.name === 'beacon');
    assert.equal(beacon?.modularity, 'beacon:1.0:820190226142933:4214ff5f');
    assert.deepEqual(beacon?.files, 'etc/beacon.conf');
    assert.equal(packages.find((p) => p.name === 'harbour')?.maintainer, 'Packaging Team <packaging@example.org>');
  });
}

test('reads the NDB form and leaves the keys of gpg out', () => {
  const database = ndbDatabase([
    simpleHeader('one'),
    simpleHeader('gpg-pubkey', 'a1b2', 'c3d4'),
    simpleHeader('two', '2'),
  ]);
  const { packages, problems } = catalog('var/lib/rpm/Packages.db', database);
  assert.deepEqual(problems, []);
  assert.deepEqual(rows(packages), ['one 1-1 noarch one 1-1 ', 'two 2-1 noarch two 2-1 ']);
});

test('reads the manifest of distroless Azure Linux', () => {
  const line = (...fields: string[]): string => fields.join('\t');
  const manifest = [
    line(
      'glibc',
      '2.38-8.azl3',
      '1753',
      '1752',
      'Microsoft Corporation',
      '(none)',
      '99',
      'x86_64',
      '0',
      'glibc-2.38-8.azl3.src.rpm',
    ),
    line(
      'openssl-libs',
      '3.3.3-2.azl3',
      '1753',
      '1752',
      'Microsoft Corporation',
      '1',
      '99',
      'x86_64',
      '1',
      'openssl-3.3.3-2.azl3.src.rpm',
    ),
    line('half', 'a-line'),
  ].join('\n');
  const { packages, problems } = catalog('var/lib/rpmmanifest/container-manifest-2', manifest);
  assert.deepEqual(rows(packages), [
    'glibc 2.38-8.azl3 x86_64 glibc 2.38-8.azl3 Microsoft Corporation',
    'openssl-libs 1:3.3.3-2.azl3 x86_64 openssl 3.3.3-2.azl3 Microsoft Corporation',
  ]);
  assert.deepEqual(
    problems.map(({ code, count }) => ({ code, count })),
    [{ code: 'rpm-manifest-unreadable', count: 1 }],
  );
});

test('a package that lies in linked or stale databases is counted once, and differing databases are told', () => {
  const fragmentOf = (path: string, headers: Buffer[]) => {
    const { fragment } = rpmDb.read(inputFile(path, ndbDatabase(headers)));
    return { path, fragment: fragment ?? assert.fail('not read'), layer: 0, older: [] };
  };
  const one = fragmentOf('usr/lib/sysimage/rpm/Packages.db', [simpleHeader('one')]);
  const same = fragmentOf('var/lib/rpm/Packages.db', [simpleHeader('one')]);
  const stale = fragmentOf('var/lib/rpm/Packages.db', [simpleHeader('one', '0.9')]);
  assert.equal(rpmDb.assemble([one, same], {}).packages.length, 1);
  assert.deepEqual(rpmDb.assemble([one, same], {}).problems, []);
  const differing = rpmDb.assemble([one, stale], {});
  assert.equal(differing.packages.length, 2);
  assert.deepEqual(
    differing.problems.map(({ code }) => code),
    ['rpm-databases-differ'],
  );
});

test('a package belongs to the lowest layer that had it without a gap', () => {
  const path = 'var/lib/rpm/Packages.db';
  const copy = (layer: number, ...names: string[]) => {
    const { fragment } = rpmDb.read(inputFile(path, ndbDatabase(names.map((name) => simpleHeader(name)))));
    return { fragment: fragment ?? assert.fail('not read'), layer };
  };
  const visible = { path, ...copy(3, 'base', 'back', 'new'), older: [copy(2, 'base'), copy(0, 'base', 'back')] };
  const layers = rpmDb.assemble([visible], {}).packages.map((found) => `${found.package.name} ${found.layer}`);
  assert.deepEqual(layers, ['base 0', 'back 3', 'new 3']);
});

test('files whose lists do not fit are a problem of the files only', () => {
  const header = rpmHeader({ 1000: 'odd', 1001: '1', 1002: '1', 1116: [0, 7], 1117: ['a', 'b'], 1118: ['/usr/'] });
  const { packages, problems } = catalog('var/lib/rpm/Packages.db', ndbDatabase([header]));
  assert.deepEqual(
    packages.map(({ name, files }) => ({ name, files })),
    [{ name: 'odd', files: undefined }],
  );
  assert.deepEqual(
    problems.map(({ code, effect }) => `${code} ${effect}`),
    ['rpm-files-unreadable degraded'],
  );
});

test('short base names in one long directory cannot grow to gigabytes', () => {
  const count = 60_000;
  const header = rpmHeader({
    1000: 'bomb',
    1001: '1',
    1002: '1',
    1116: Array.from({ length: count }, () => 0),
    1117: Array.from({ length: count }, () => 'a'),
    1118: [`/${'d'.repeat(4000)}/`],
  });
  const { packages, problems } = catalog('var/lib/rpm/Packages.db', ndbDatabase([header]));
  assert.equal(packages[0]?.files, undefined);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['rpm-files-unreadable'],
  );
});

const shared = sharedPath('conformance/package-databases/rpm');
for (const [folder, name] of [
  ['grype-centos-bdb', 'Packages'],
  ['rpmtest-sqlite', 'rpmdb.sqlite'],
  ['snyk-ndb', 'Packages.db'],
] as const) {
  test(`reads the shared database ${folder}`, { skip: sharedSkip(shared) }, () => {
    const read = (file: string): Buffer => readFileSync(`${shared}/${folder}/${file}`);
    const { packages, problems } = catalog(`var/lib/rpm/${name}`, read(name));
    const wanted: Record<string, string | null>[] = JSON.parse(read('expected.json').toString());
    assert.deepEqual(problems, []);
    assert.deepEqual(
      packages.map((p) => [
        p.name,
        p.version,
        p.architecture,
        p.licences.join(),
        p.vendor ?? null,
        p.modularity ?? null,
      ]),
      wanted
        .filter(({ name: own }) => own !== 'gpg-pubkey')
        .map((w) => [
          w['name'],
          `${w['version']}-${w['release']}`,
          w['arch'],
          w['license'],
          w['vendor'],
          w['modularity'],
        ]),
    );
  });
}
