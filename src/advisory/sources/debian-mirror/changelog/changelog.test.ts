import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ChangelogFile } from '../index/source-row.ts';
import { deb, type TarEntry, tar } from '../testing/archive.ts';
import { parseChangelog } from './parse.ts';
import { readChangelog } from './read-changelog.ts';
import { readStatements } from './statements.ts';

const text = `curl (7.88.1-10+deb12u5) bookworm-security; urgency=high

  * Fix CVE-2023-46218 and CVE-2023-46219

 -- A Maintainer <a@example.org>  Tue, 19 Dec 2023 21:40:13 +0100

curl (7.88.1-10) unstable experimental; urgency=medium, binary-only=yes

  * Something
    over two lines

 -- B <b@example.org>  not a date

Old free text that belongs to nothing
Local variables:
mode: debian-changelog
`;

test('a changelog is read entry by entry', () => {
  assert.deepEqual(parseChangelog(text), [
    {
      source: 'curl',
      version: '7.88.1-10+deb12u5',
      distributions: ['bookworm-security'],
      lines: ['', '  * Fix CVE-2023-46218 and CVE-2023-46219', ''],
      date: '2023-12-19',
    },
    {
      source: 'curl',
      version: '7.88.1-10',
      distributions: ['unstable', 'experimental'],
      lines: ['', '  * Something', '    over two lines', ''],
    },
  ]);
});

test('an entry that is cut off still counts', () => {
  assert.equal(parseChangelog('a (1-1) unstable; urgency=low\n\n  * CVE-2024-0001').length, 1);
});

test('hostile changelogs take linear time', () => {
  const hostile = [
    'a ('.repeat(300_000),
    `a (1) ${'x '.repeat(500_000)}`,
    ' '.repeat(1_000_000),
    '-'.repeat(1_000_000),
  ];
  for (const value of hostile) assert.deepEqual(parseChangelog(value), []);
  const lines = ['CVE-2024-0001 '.repeat(50_000), `not ${'a '.repeat(500_000)}fixed CVE-2024-1`, '('.repeat(200_000)];
  for (const line of lines) readStatements([`  * ${line}`]);
});

/** What an entry with these points says: `id summary bugs`. */
const statements: readonly (readonly [title: string, points: string, fixes: readonly string[]])[] = [
  [
    'several ids',
    '* CVE-2024-0001, CVE-2024-0002: heap overflow',
    ['CVE-2024-0001 heap overflow', 'CVE-2024-0002 heap overflow'],
  ],
  ['lower case and old names', '* fix cve-2024-0001 and CAN-2004-0002', ['CVE-2024-0001 fix', 'CVE-2004-0002 fix']],
  ['an id broken over two lines', '* Fix for CVE-\n  2024-0001 in parser', ['CVE-2024-0001 Fix for in parser']],
  ['what is left is joined neatly', '* Fix CVE-2024-0001: overflow', ['CVE-2024-0001 Fix: overflow']],
  ['bugs', '* CVE-2024-0001: crash (Closes: #12, #13)', ['CVE-2024-0001 crash #12 #13']],
  ['Launchpad bugs', '* Fix CVE-2024-0001 crash (LP: #2000)', ['CVE-2024-0001 Fix crash LP: #2000']],
  [
    'ids in brackets of their own',
    '* Fix leak\n  [X-SA-1, CVSS: medium]\n  [CVE-2024-0001]',
    ['CVE-2024-0001 Fix leak [X-SA-1, CVSS: medium]'],
  ],
  ['not affected', '* CVE-2024-0001: not affected, code not built. Fix CVE-2024-0002.', ['CVE-2024-0002 Fix']],
  ['does not affect', '* CVE-2024-0001 does not affect this version', []],
  ['not fixed', '* CVE-2024-0001 is not yet fixed in this upload', []],
  ['still open', '* CVE-2024-0001 remains unfixed', []],
  ['a fix reverted', '* Revert patch for CVE-2024-0001', []],
  ['the culprit reverted', '* Revert the cache change (CVE-2024-0001)', ['CVE-2024-0001 Revert the cache change']],
  [
    'denials elsewhere do not count',
    '* CVE-2024-0001: overflow.\n* Builds are not affected',
    ['CVE-2024-0001 overflow'],
  ],
  ['sections of maintainers', '[ Jane Doe ]\n* CVE-2024-0001', ['CVE-2024-0001']],
  ['patch names are no summary', '* d/patches/CVE-2024-0001.patch: overflow', ['CVE-2024-0001 overflow']],
  [
    'the heading says what it is about',
    '* SECURITY UPDATE: path traversal\n  - debian/patches/CVE-2024-0001.patch: check in src/a.c.\n  - CVE-2024-0001',
    ['CVE-2024-0001 path traversal'],
  ],
  ['no ids', '* New upstream release', []],
  ['too long an id is none', '* CVE-2024-123', []],
];

for (const [title, points, fixes] of statements) {
  test(`statements: ${title}`, () => {
    const found = readStatements(points.split('\n').map((line) => `  ${line}`));
    assert.deepEqual(
      found.fixes.map(({ id, summary, bugs = [] }) => [id, ...(summary ? [summary] : []), ...bugs].join(' ')),
      fixes,
    );
  });
}

test('notices and the first telling point are kept', () => {
  const { notices, headline } = readStatements([
    '  * Non-maintainer upload by the LTS Team.',
    '  * Fix crash (DLA-3700-1)',
  ]);
  assert.deepEqual(notices, ['DLA-3700-1']);
  assert.equal(headline, 'Fix crash (DLA-3700-1)');
});

async function read(kind: ChangelogFile['kind'], path: string, bytes: Buffer, name = ''): Promise<string> {
  const file = { kind, path, package: name, size: bytes.length, sha256: '' };
  const result = await readChangelog(file, bytes);
  return result.ok ? result.value : `error${result.error.linkTo === undefined ? '' : ` -> ${result.error.linkTo}`}`;
}

const packaging: readonly TarEntry[] = [
  { path: 'debian/', type: '5' },
  { path: 'debian/changelog.old', content: 'wrong' },
  { path: 'other/debian/changelog', content: 'wrong' },
  { path: 'debian/changelog', content: 'right' },
];

test('the changelog is taken out of each kind of file', async () => {
  const native = tar([
    { path: 'dpkg/tests/debian/changelog', content: 'wrong' },
    { path: 'dpkg/debian/changelog', content: 'right' },
  ]);
  assert.equal(await read('debian', 'a_1.debian.tar.gz', gzipSync(tar(packaging))), 'right');
  assert.equal(await read('debian', 'a_1.debian.tar', tar(packaging)), 'right');
  assert.equal(await read('native', 'dpkg_1.tar.gz', gzipSync(native)), 'right');
  const diff =
    '--- a-1.orig/debian/control\n+++ a-1/debian/control\n@@ -0,0 +1 @@\n+wrong\n--- a-1.orig/debian/changelog\n+++ a-1/debian/changelog\n@@ -0,0 +1,2 @@\n+right\n+lines\n--- a-1.orig/x\n+++ a-1/x\n+wrong\n';
  assert.equal(await read('diff', 'a_1.diff.gz', gzipSync(diff)), 'right\nlines');
});

test('long names and pax paths are understood', async () => {
  const long = `${'d/'.repeat(80)}changelog`;
  const gnu = tar([
    { path: '././@LongLink', content: `${long}\0`, type: 'L' },
    { path: 'cut', content: 'wrong' },
    ...packaging,
  ]);
  assert.equal(await read('debian', 'a.tar', gnu), 'right');
  const record = 'path=debian/changelog\n';
  const pax = tar([
    { path: 'PaxHeaders/x', content: `${record.length + 3} ${record}`, type: 'x' },
    { path: 'cut', content: 'right' },
  ]);
  assert.equal(await read('debian', 'a.tar', pax), 'right');
});

test('binary packages have it compressed, and say where they share it', async () => {
  const doc = './usr/share/doc/curl';
  const own = deb([{ path: `${doc}/changelog.Debian.gz`, content: gzipSync('right') }]);
  const native = deb([{ path: `${doc}/changelog.gz`, content: gzipSync('right') }]);
  const both = deb([
    { path: `${doc}/changelog.gz`, content: 'wrong' },
    { path: `${doc}/changelog.Debian.gz`, content: gzipSync('right') },
  ]);
  const link = deb([{ path: doc, linkTo: 'libcurl4' }]);
  assert.equal(await read('binary', 'curl_1_amd64.deb', own, 'curl'), 'right');
  assert.equal(await read('binary', 'curl_1_amd64.deb', native, 'curl'), 'right');
  assert.equal(await read('binary', 'curl_1_amd64.deb', both, 'curl'), 'right');
  assert.equal(await read('binary', 'curl_1_amd64.deb', link, 'curl'), 'error -> libcurl4');
});

const damaged: readonly (readonly [title: string, kind: ChangelogFile['kind'], path: string, bytes: Buffer])[] = [
  ['no tar', 'debian', 'a.debian.tar.gz', gzipSync('hello')],
  ['no gzip', 'debian', 'a.debian.tar.gz', Buffer.from('hello')],
  ['no xz', 'debian', 'a.debian.tar.xz', Buffer.from('hello')],
  ['bzip2', 'debian', 'a.debian.tar.bz2', Buffer.from('BZh9')],
  ['cut off', 'debian', 'a.debian.tar.gz', gzipSync(tar(packaging).subarray(0, 2000))],
  ['no .deb', 'binary', 'a.deb', Buffer.from('hello')],
  ['a .deb that ends early', 'binary', 'a.deb', deb([]).subarray(0, 100)],
  ['a .deb with a lying size', 'binary', 'a.deb', Buffer.from(`!<arch>\n${'data.tar'.padEnd(48)}99999999  \`\n`)],
  ['no diff', 'diff', 'a.diff.gz', gzipSync('hello')],
  ['empty', 'diff', 'a.diff.gz', Buffer.alloc(0)],
];

for (const [title, kind, path, bytes] of damaged) {
  test(`no changelog: ${title}`, async () => assert.equal(await read(kind, path, bytes, 'a'), 'error'));
}
