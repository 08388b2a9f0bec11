import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync, zstdCompressSync } from 'node:zlib';
import { ndbDatabase, rpmHeader, simpleHeader } from '../../kit/rpm-database.ts';
import { type Catalogued, catalog } from '../catalog.ts';
import type { FuzzTarget } from '../target.ts';
import { checkAgainstSqlite, logSeeds, repairLog, sqliteSeeds } from './sqlite-reference.ts';

const testdata = new URL('../../../src/inventory/catalogers/', import.meta.url);

function stored(path: string): Buffer {
  const bytes = readFileSync(new URL(path, testdata));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

function lines(bytes: Uint8Array, pattern: RegExp): number {
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => pattern.test(line)).length;
}

export const dpkgStatus: FuzzTarget = {
  id: 'dpkg-status',
  title: 'dpkg status files',
  form: 'text',
  seeds: () => [
    stored('dpkg-db/testdata/status'),
    Buffer.from('Package: base-files\nVersion: 12.4\nArchitecture: amd64\n'),
  ],
  run(bytes) {
    const { records, said } = catalog('dpkg-db', 'var/lib/dpkg/status', bytes);
    const named = lines(bytes, /^package:/i);
    const absent = lines(bytes, /^status:.*(?:not-installed|config-files)/i);
    assert.ok(
      records.length + said + absent >= named,
      `${named} packages named, ${records.length} read, ${said} said lost`,
    );
  },
};

export const dpkgFiles: FuzzTarget = {
  id: 'dpkg-files',
  title: 'dpkg file lists and copyright files',
  form: 'text',
  seeds: () => [
    Buffer.from('/.\n/usr\n/usr/bin\n/usr/bin/curl\n/usr/share/doc/curl/copyright\n'),
    Buffer.from(
      'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: us\nLicense: GPL-2+ or MIT\n\nLicense: MIT\n text\n',
    ),
    Buffer.from('On Debian systems see /usr/share/common-licenses/GPL-2 and /usr/share/common-licenses/Apache-2.0.\n'),
  ],
  run(bytes) {
    catalog('dpkg-db', 'var/lib/dpkg/info/curl.list', bytes);
    catalog('dpkg-db', 'var/lib/dpkg/status.d/curl.md5sums', bytes);
    catalog('dpkg-db', 'usr/share/doc/curl/copyright', bytes);
  },
};

/** Packed after the change: the lines are what is read here, the packing has a target of its own. */
export const chiselManifest: FuzzTarget = {
  id: 'chisel-manifest',
  title: 'chisel manifests',
  form: 'text',
  seeds: () => [
    Buffer.from(
      [
        '{"jsonwall":"1.0","schema":"1.0","count":4}',
        '{"kind":"content","slice":"openssl_bins","path":"/usr/bin/openssl"}',
        '{"kind":"package","name":"openssl","version":"3.0.13-0ubuntu3.5","sha256":"00","arch":"amd64"}',
        '{"kind":"package","name":"libgcc-s1","version":"14.2.0-4ubuntu2","sha256":"00","arch":"amd64"}',
        '',
      ].join('\n'),
    ),
  ],
  run(bytes) {
    catalog('dpkg-db', 'var/lib/chisel/manifest.wall', bytes);
    catalog('dpkg-db', 'var/lib/chisel/manifest.wall', zstdCompressSync(bytes));
  },
};

export const apkInstalled: FuzzTarget = {
  id: 'apk-installed',
  title: 'apk databases',
  form: 'text',
  seeds: () => [
    stored('apk-db/testdata/installed'),
    Buffer.from('P:musl\nV:1.2.5-r0\n\nP:busybox\nV:1.36.1-r29\nA:x86_64\n\n'),
  ],
  run(bytes) {
    const { records, said } = catalog('apk-db', 'lib/apk/db/installed', bytes);
    const named = lines(bytes, /^P:./);
    assert.ok(records.length + said >= named, `${named} packages named, ${records.length} read, ${said} said lost`);
  },
};

export const rpmManifest: FuzzTarget = {
  id: 'rpm-manifest',
  title: 'rpm manifests of distroless images',
  form: 'text',
  seeds: () => [
    Buffer.from(
      [
        'glibc\t2.38-8.azl3\t1753\t1752\tMicrosoft Corporation\t(none)\t99\tx86_64\t0\tglibc-2.38-8.azl3.src.rpm',
        'openssl-libs\t3.3.3-2.azl3\t1753\t1752\tMicrosoft Corporation\t1\t99\tx86_64\t1\topenssl-3.3.3-2.azl3.src.rpm',
      ].join('\n'),
    ),
  ],
  run(bytes) {
    const { records, said } = catalog('rpm-db', 'var/lib/rpmmanifest/container-manifest-2', bytes);
    const written = lines(bytes, /\S/);
    assert.ok(records.length + said >= written, `${written} lines, ${records.length} read, ${said} said lost`);
  },
};

/** A database is never read as nothing without a word. */
function readRpm(path: string, bytes: Uint8Array): Catalogued {
  const found = catalog('rpm-db', path, bytes);
  assert.ok(bytes.length === 0 || found.records.length + found.said > 0, 'no package and no problem');
  return found;
}

export const rpmBerkeley: FuzzTarget = {
  id: 'rpm-berkeley-db',
  title: 'rpm databases in the Berkeley DB form',
  form: 'little-endian',
  seeds: () => [stored('rpm-db/testdata/Packages.gz'), stored('rpm-db/testdata/Packages.big-endian.gz')],
  run: (bytes) => void readRpm('var/lib/rpm/Packages', bytes),
};

const fileTags = { 1116: [0, 0, 1], 1117: ['a', 'b', 'c'], 1118: ['/usr/bin/', '/etc/'], 1030: [33188, 33188, 33188] };

export const rpmNdb: FuzzTarget = {
  id: 'rpm-ndb',
  title: 'rpm databases in the NDB form',
  form: 'little-endian',
  seeds: () => [
    ndbDatabase([simpleHeader('one'), simpleHeader('two', '2', '3')]),
    ndbDatabase([
      rpmHeader({ 1000: 'files', 1001: '1', 1002: '1', 1003: [3], 1044: 'files-1-1.src.rpm', ...fileTags }),
    ]),
    ndbDatabase([]),
  ],
  run: (bytes) => void readRpm('usr/lib/sysimage/rpm/Packages.db', bytes),
};

/** The headers themselves, so that changes do not miss them for pages of slots. */
export const rpmHeaders: FuzzTarget = {
  id: 'rpm-header',
  title: 'rpm headers',
  form: 'big-endian',
  seeds: () => [
    simpleHeader('one'),
    rpmHeader({ 1000: 'files', 1001: '1', 1002: '1', 1003: [3], 1014: 'MIT', 1044: 'files-1-1.src.rpm', ...fileTags }),
    rpmHeader({ 1000: 'old', 1001: '1', 1002: '1', 1027: ['/usr/bin/a', '/etc/b'], 5096: 'nodejs:18:1:abc' }),
  ],
  run(bytes) {
    const { records, said } = readRpm(
      'var/lib/rpm/Packages.db',
      ndbDatabase([Buffer.from(bytes), simpleHeader('after')]),
    );
    assert.ok(
      records.some(({ name }) => name === 'after'),
      'a broken header does not hide the next',
    );
    assert.ok(records.length + said >= 2, 'a header is a package or a problem');
  },
};

export const rpmSqlite: FuzzTarget = {
  id: 'rpm-sqlite',
  title: 'rpm databases in the SQLite form, compared with SQLite itself',
  form: 'big-endian',
  seeds: sqliteSeeds,
  run(bytes) {
    const found = readRpm('var/lib/rpm/rpmdb.sqlite', bytes);
    checkAgainstSqlite(bytes, found);
  },
};

export const rpmLog: FuzzTarget = {
  id: 'rpm-sqlite-log',
  title: 'write-ahead logs beside rpm databases',
  form: 'big-endian',
  seeds: logSeeds,
  repair: repairLog,
  run(bytes) {
    catalog('rpm-db', 'var/lib/rpm/rpmdb.sqlite-wal', bytes);
    catalog('rpm-db', 'var/lib/rpm/rpmdb.sqlite-journal', bytes);
  },
};
