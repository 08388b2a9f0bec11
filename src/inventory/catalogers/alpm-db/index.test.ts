import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathsIn } from '#model/index.ts';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { alpmDb } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
const LOCAL = 'var/lib/pacman/local';

test('joins what a package says of itself with its list of files', () => {
  const { packages, problems } = catalogFiles(alpmDb, {
    [`${LOCAL}/harbour-1:2.4.1-3/desc`]: sample('desc'),
    [`${LOCAL}/harbour-1:2.4.1-3/files`]: sample('files'),
    [`${LOCAL}/harbour-libs-1:2.4.1-3/desc`]: sample('desc.libs'),
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(packages.map(packageLine), [
    'harbour 1:2.4.1-3 (MIT, GPL-2.0-or-later)',
    'harbour-libs 1:2.4.1-3 (Zlib)',
  ]);
  const [harbour, libs] = packages;
  assert.deepEqual(pathsIn(harbour?.files ?? assert.fail('no files')), ['etc/harbour.conf', 'usr/bin/harbour']);
  assert.equal(harbour?.architecture, 'x86_64');
  assert.equal(harbour?.maintainer, 'Packaging Team <packaging@example.org>');
  assert.deepEqual(libs?.source, { name: 'harbour', version: '1:2.4.1-3' });
  assert.equal(libs?.files, undefined);
});

test('a record without a version is a problem, the others stay', () => {
  const { packages, problems } = catalogFiles(alpmDb, {
    [`${LOCAL}/a-1-1/files`]: '%FILES%\nusr/\nusr/a\n',
    [`${LOCAL}/b-1-1/desc`]: '%NAME%\nb\n\n%VERSION%\n\n',
    [`${LOCAL}/c-1-1/desc`]: '%NAME%\r\nc\r\n\r\n%VERSION%\r\n1-1\r\n%NAME%\r\nother\r\n',
  });
  assert.deepEqual(packages.map(packageLine), ['c 1-1']);
  assert.deepEqual(problems.map(problemLine), ['alpm-db-record-unusable 2']);
});
