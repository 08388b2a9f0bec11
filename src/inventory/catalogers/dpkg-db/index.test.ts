import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Package, pathsIn } from '#model/index.ts';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { dpkgDb } from './index.ts';

const STATUS = 'var/lib/dpkg/status';

function catalog(files: Readonly<Record<string, string>>) {
  const readings = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ path, ...dpkgDb.read(inputFile(path, content)) }));
  const visible = readings.flatMap(({ path, fragment }) => (fragment ? [{ path, fragment, layer: 0, older: [] }] : []));
  const assembly = dpkgDb.assemble(visible, {});
  return {
    packages: assembly.packages.map((found) => found.package),
    problems: [...readings.flatMap(({ problems }) => problems), ...assembly.problems],
  };
}

function rows(packages: readonly Package[]): string[] {
  return packages.map((p) => `${p.name} ${p.version} ${p.architecture} from ${p.source?.name} ${p.source?.version}`);
}

function codes(problems: readonly { code: string; count?: number }[]): string[] {
  return problems.map(({ code, count }) => `${code} ${count ?? 1}`);
}

test('takes every package that is on the disk, whatever is wanted for it', () => {
  const { packages, problems } = catalog({
    [STATUS]: readFileSync(new URL('testdata/status', import.meta.url), 'utf8'),
  });
  assert.deepEqual(rows(packages), [
    'libharbour1 2.4-1+b1 amd64 from harbour 2.4-1',
    'libharbour1 2.4-1+b1 i386 from harbour 2.4-1',
    'harbour-tools 1:2.4-1 all from harbour 1:2.4-1',
    'on-its-way-out 1.0-2 amd64 from on-its-way-out 1.0-2',
    'unpacked-only 3.1~rc1-1 amd64 from unpacked-only 3.1~rc1-1',
    'reinstall-me 3.1-2 amd64 from reinstall-me 3.1-2',
    'waiting 7 amd64 from waiting 7',
  ]);
  assert.equal(packages[0]?.maintainer, 'Packaging Team <packaging@example.org>');
  assert.deepEqual(codes(problems), ['dpkg-half-installed 3']);
});

const good = 'Package: good\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n';
for (const [what, text, names, expected] of [
  ['no version', 'Package: bad\nStatus: install ok installed\n\n', 'good', ['dpkg-record-unusable 1']],
  ['no name', 'Status: install ok installed\nVersion: 1\n\nVersion: 2\n\n', 'good', ['dpkg-record-unusable 2']],
  ['only unknown fields', 'Depends: x\n\n', 'good', ['dpkg-record-unusable 1']],
  [
    'a line without a colon',
    'Package: odd\n<<<<<<< HEAD\nStatus: install ok installed\nVersion: 1\n\n',
    'odd good',
    ['dpkg-line-unreadable 1'],
  ],
  [
    'a lost blank line',
    'Package: odd\nStatus: install ok installed\nVersion: 1\n',
    'odd good',
    ['dpkg-line-unreadable 1'],
  ],
  [
    'an unknown state',
    'Package: odd\nStatus: install ok frobnicated\nVersion: 1\n\n',
    'odd good',
    ['dpkg-state-unknown 1'],
  ],
  ['no state', 'Package: odd\nVersion: 1\n\n', 'odd good', ['dpkg-state-unknown 1']],
  ['lines ended by CR LF', 'Package: odd\r\nStatus: install ok installed\r\nVersion: 1\r\n\r\n', 'odd good', []],
  ['blank lines first', '\n\n\n', 'good', []],
  [
    'a source without closing bracket',
    'Package: odd\nStatus: install ok installed\nVersion: 1\nSource: s (2\n\n',
    'odd good',
    [],
  ],
] as const) {
  test(`a record with ${what} does not lose the next one`, () => {
    const { packages, problems } = catalog({ [STATUS]: text + good });
    assert.equal(packages.map(({ name }) => name).join(' '), names);
    assert.deepEqual(codes(problems), expected);
  });
}

test('reads distroless records, which have no state', () => {
  const { packages, problems } = catalog({
    'var/lib/dpkg/status.d/base-files':
      'Package: base-files\nVersion: 12.4+deb12u5\nArchitecture: amd64\nMaintainer: M <m@example.org>\n',
    'var/lib/dpkg/status.d/base-files.md5sums': `${'0'.repeat(32)}  usr/share/base-files/motd\n${'a'.repeat(32)}  ./etc/issue\n`,
    'var/lib/dpkg/status.d/tzdata': 'Package: tzdata\nVersion: 2024a-0\nArchitecture: all\nSource: tzdata (2024a-0)\n',
  });
  assert.deepEqual(rows(packages), [
    'base-files 12.4+deb12u5 amd64 from base-files 12.4+deb12u5',
    'tzdata 2024a-0 all from tzdata 2024a-0',
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(pathsIn(packages[0]?.files ?? assert.fail('no files')), ['usr/share/base-files/motd', 'etc/issue']);
});

test('a package of status and status.d is one package', () => {
  const { packages } = catalog({
    [STATUS]: good,
    'var/lib/dpkg/status.d/good': good,
    'var/lib/dpkg/status.d/older': good.replace('1', '0'),
  });
  assert.deepEqual(
    packages.map(({ version }) => version),
    ['1', '0'],
  );
});

test('gives each architecture its own files, without the directories', () => {
  const { packages } = catalog({
    [STATUS]: `${good}\nPackage: lib\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\nPackage: lib\nStatus: install ok installed\nVersion: 1\nArchitecture: i386\n`,
    'var/lib/dpkg/info/good.list': '/.\n/usr\n/usr/share\n/usr/share/good\n/usr/share/good/a\n/usr/share/good-enough\n',
    'var/lib/dpkg/info/lib:amd64.list': '/usr\n/usr/lib64\n/usr/lib64/lib.so\n',
    'var/lib/dpkg/info/lib:i386.list': '/usr\n/usr/lib\n/usr/lib/lib.so\n',
  });
  const files = packages.map((p) => pathsIn(p.files ?? assert.fail('no files')));
  assert.deepEqual(files, [['usr/share/good/a', 'usr/share/good-enough'], ['usr/lib64/lib.so'], ['usr/lib/lib.so']]);
});

test('file lists without any record mean a database that was removed', () => {
  const { problems } = catalog({ 'var/lib/dpkg/info/good.list': '/etc\n/etc/good\n' });
  assert.deepEqual(
    problems.map(({ code, effect }) => `${code} ${effect}`),
    ['dpkg-database-missing incomplete'],
  );
});

test('a package keeps the layer that first had it without a gap', () => {
  const fragmentOf = (...packages: string[]) => {
    const text = packages
      .map((p) => `Package: ${p.split(' ')[0]}\nVersion: ${p.split(' ')[1]}\nStatus: install ok installed\n`)
      .join('\n');
    return dpkgDb.read(inputFile(STATUS, text)).fragment ?? assert.fail('not read');
  };
  const older = [
    { fragment: fragmentOf('a 1', 'b 1', 'c 1'), layer: 4 },
    { fragment: fragmentOf('a 1', 'b 1'), layer: 2 },
    { fragment: fragmentOf('a 1', 'c 1'), layer: 0 },
  ];
  const visible = { path: STATUS, fragment: fragmentOf('a 1', 'b 2', 'c 1', 'd 1'), layer: 5, older };
  const layers = dpkgDb.assemble([visible], {}).packages.map((found) => `${found.package.name} ${found.layer}`);
  assert.deepEqual(layers, ['a 0', 'b 5', 'c 4', 'd 5']);
});

test('takes licences of the package, or of another one of its source', () => {
  const stanza = (name: string, source: string) =>
    `Package: ${name}\nStatus: install ok installed\nVersion: 1\nSource: ${source}\n`;
  const { packages } = catalog({
    [STATUS]: [stanza('one', 's'), stanza('linked', 's'), stanza('other', 'o')].join('\n'),
    'usr/share/doc/one/copyright':
      'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: Expat\n',
    'usr/share/doc/other/examples/copyright': 'Format: x\n\nFiles: *\nLicense: GPL-2\n',
  });
  assert.deepEqual(
    packages.map(({ name, licences }) => `${name}: ${licences}`),
    ['one: MIT', 'linked: MIT', 'other: '],
  );
});

const shared = sharedPath('conformance/package-databases/dpkg');
for (const folder of ['snyk-ubuntu-10.04', 'syft-coverage']) {
  test(`reads the shared database ${folder}`, { skip: sharedSkip(shared) }, () => {
    const { packages, problems } = catalog({ [STATUS]: readFileSync(`${shared}/${folder}/status`, 'utf8') });
    const wanted: Record<string, string>[] = JSON.parse(readFileSync(`${shared}/${folder}/expected.json`, 'utf8'));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rows(packages).sort(),
      wanted.map((w) => `${w['name']} ${w['version']} ${w['arch']} from ${w['source']} ${w['source_version']}`).sort(),
    );
  });
}
