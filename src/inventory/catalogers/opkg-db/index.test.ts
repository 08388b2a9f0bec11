import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathsIn } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { opkgDb } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
const OPKG = 'usr/lib/opkg';

test('joins status, control files and lists of files', () => {
  const { packages, problems } = catalogFiles(opkgDb, {
    [`${OPKG}/status`]: sample('status'),
    [`${OPKG}/info/libharbour1.control`]: sample('libharbour1.control'),
    [`${OPKG}/info/libharbour1.list`]: '/usr/lib/libharbour.so.1\n/usr/lib/libharbour.so.1.2\n',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), ['libharbour1 2.4.1-3 (Zlib)', 'harbour 2.4.1-3']);
  const [library] = packages;
  assert.deepEqual(library?.source, { name: 'harbour', version: '2.4.1-3' });
  assert.equal(library?.architecture, 'mipsel_24kc');
  assert.deepEqual(pathsIn(library?.files ?? assert.fail('no files')), [
    'usr/lib/libharbour.so.1',
    'usr/lib/libharbour.so.1.2',
  ]);
});

test('takes the control files where there is no status, and the recipe that Yocto names', () => {
  const { packages } = catalogFiles(opkgDb, {
    'var/lib/opkg/info/libssl3.control':
      'Package: libssl3\nVersion: 3.2.1-r0\nOE: openssl\nLicense: Apache-2.0\nSource: https://h/o.tar.gz',
  });
  assert.deepEqual(packages.map(packageLine), ['libssl3 3.2.1-r0 (Apache-2.0)']);
  assert.deepEqual(packages[0]?.source, { name: 'openssl', version: '3.2.1-r0' });
});

const good = 'Package: good\nVersion: 1\nStatus: install user installed\n';
for (const [what, text, lines] of [
  ['no version', 'Package: bad\n\n', ['good 1', 'opkg-record-unusable 1']],
  ['a line of another form', 'Package: odd\nVersion: 1\nwhat\n\n', ['odd 1', 'good 1', 'opkg-line-unreadable 1']],
  ['a lost blank line', 'Package: odd\nVersion: 1\n', ['odd 1', 'good 1', 'opkg-line-unreadable 1']],
] as const) {
  test(`a record with ${what} does not lose the next one`, () => {
    const { packages, problems } = catalogFiles(opkgDb, { [`${OPKG}/status`]: text + good });
    assert.deepEqual([...packages.map(packageLine), ...problems.map(problemLine)], lines);
  });
}
