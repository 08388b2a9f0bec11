import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathsIn } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { portageDb } from './index.ts';
import { parseLicence } from './licence.ts';
import { fromPlace } from './parse.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
const HARBOUR = 'var/db/pkg/app-misc/harbour-charts-2.4.1_p2-r3';

test('joins the files of a package; its directory names it', () => {
  const { packages, problems } = catalogFiles(portageDb, {
    [`${HARBOUR}/CONTENTS`]: sample('CONTENTS'),
    [`${HARBOUR}/LICENSE`]: sample('LICENSE'),
    [`${HARBOUR}/SLOT`]: '2/2.4\n',
    [`${HARBOUR}/repository`]: 'harbour-overlay\n',
    'var/db/pkg/sys-libs/zlib-1.3.1/CONTENTS': 'dir /usr\n',
    'var/db/pkg/sys-libs/zlib-1.3.1/SLOT': '0/1\n',
    'var/db/pkg/sys-libs/zlib-1.3.1/repository': 'gentoo\n',
    'var/db/pkg/sys-libs/-MERGING-zlib-1.3.2/CONTENTS': 'dir /usr\n',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'app-misc/harbour-charts 2.4.1_p2-r3 (GPL-2.0-or-later, MIT OR BSD-3-Clause, Apache-2.0) repository=harbour-overlay slot=2',
    'sys-libs/zlib 1.3.1',
  ]);
  assert.deepEqual(pathsIn(packages[0]?.files ?? assert.fail('no files')), [
    'usr/bin/harbour',
    'usr/share/harbour/the north.txt',
    'usr/lib64/libharbour.so',
  ]);
});

test('name and version are told apart as the specification does', () => {
  const table: [place: string, name?: string, version?: string][] = [
    ['dev-lang/python-3.12.3-r1', 'dev-lang/python', '3.12.3-r1'],
    ['dev-cpp/gtkmm-3-x-1.0', 'dev-cpp/gtkmm-3-x', '1.0'],
    ['media-libs/x264-0.0.20231114', 'media-libs/x264', '0.0.20231114'],
    ['acct-group/audio-0-r3', 'acct-group/audio', '0-r3'],
    ['dev-libs/c++-9999', 'dev-libs/c++', '9999'],
    ['sys-apps/no-version'],
    ['harbour-1.0'],
  ];
  for (const [place, name, version] of table) assert.deepEqual(fromPlace(place), name ? { name, version } : {}, place);
});

test('a directory that names no version is a problem', () => {
  const { packages, problems } = catalogFiles(portageDb, { 'var/db/pkg/sys-apps/odd/CONTENTS': 'dir /usr\n' });
  assert.deepEqual(packages, []);
  assert.deepEqual(problems.map(problemLine), ['portage-db-record-unusable 1']);
});

test('licences of odd form do not get lost', () => {
  const table: [text: string, licences: string[]][] = [
    ['', []],
    ['GPL-2 LGPL-2.1+', ['GPL-2.0-only', 'LGPL-2.1-or-later']],
    ['|| ( MIT', ['MIT']],
    ['( MIT ) ) BSD-2', ['MIT', 'BSD-2-Clause']],
    ['public-domain', ['public-domain']],
  ];
  for (const [text, licences] of table) assert.deepEqual(parseLicence(text), licences, text);
});
