import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPackagesParser } from './packages.ts';
import { isPoolPath, isSourceName, isVersion } from './pool-path.ts';
import { findRows, type SourceRow } from './source-row.ts';
import { createSourcesParser, type IndexParser } from './sources.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

/** Feeds the text in pieces of every small size, which must make no difference. */
function rows(create: () => IndexParser, text: string, wanted: readonly string[]): SourceRow[] {
  const results = [1, 7, 4096].map((size) => {
    const parser = create();
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += size) parser.push(bytes.subarray(start, start + size));
    return findRows(parser.finish(), new Set(wanted));
  });
  assert.deepEqual(results[0], results[1]);
  assert.deepEqual(results[0], results[2]);
  return results[0] ?? [];
}

const sources = `Package: curl
Binary: curl, libcurl4
Version: 7.88.1-10+deb12u14
Checksums-Sha1:
 1234 10 ignored.debian.tar.xz
Checksums-Sha256:
 ${A} 2000 curl_7.88.1-10+deb12u14.dsc
 ${A} 3000 curl_7.88.1.orig.tar.gz
 ${A} 488 curl_7.88.1.orig.tar.gz.asc
 ${B} 4000 curl_7.88.1-10+deb12u14.debian.tar.xz
Package-List:
 curl deb web optional arch=any
Directory: pool/main/c/curl

Package: dpkg
Version: 1.21.23
Checksums-Sha256:
 ${A} 5000 dpkg_1.21.23.tar.xz
Directory: pool/main/d/dpkg

Package: pcre2
Version: 10.42-1
Checksums-Sha256:
 ${A} 1 pcre2_10.42.orig.tar.gz
 ${B} 2 pcre2_10.42-1.diff.gz
Directory: pool/main/p/pcre2

Package: linux
Version: 6.1.1-1
Extra-Source-Only: yes
Checksums-Sha256:
 ${A} 1 linux_6.1.1-1.debian.tar.xz
Directory: pool/main/l/linux

Package: ../evil
Version: 1
Directory: pool/main

Package: climber
Version: 1-1
Checksums-Sha256:
 ${A} 1 climber_1-1.debian.tar.xz
Directory: ../../etc`;

test('Sources: the file with the changelog is found for each source format', () => {
  const found = rows(createSourcesParser, sources, ['curl', 'dpkg', 'pcre2', 'linux', '../evil', 'climber']);
  assert.deepEqual(
    found.map(({ source, version, files }) => [
      source,
      version,
      ...files.map(({ kind, path, size }) => `${kind} ${path} ${size}`),
    ]),
    [
      ['curl', '7.88.1-10+deb12u14', 'debian pool/main/c/curl/curl_7.88.1-10+deb12u14.debian.tar.xz 4000'],
      ['dpkg', '1.21.23', 'native pool/main/d/dpkg/dpkg_1.21.23.tar.xz 5000'],
      ['pcre2', '10.42-1', 'diff pool/main/p/pcre2/pcre2_10.42-1.diff.gz 2'],
      ['climber', '1-1'],
    ],
  );
});

test('only wanted sources are looked up', () => {
  assert.deepEqual(rows(createSourcesParser, sources, ['dpk', 'dpkgs', 'cur']), []);
});

const packages = `Package: libcurl4
Source: curl
Version: 7.88.1-10+deb12u14
Description: a
 Version: 99 is not a field here
Filename: pool/main/c/curl/libcurl4_7.88.1-10+deb12u14_amd64.deb
Size: 900
SHA256: ${A}

Package: curl
Version: 7.88.1-10+deb12u14
Filename: pool/main/c/curl/curl_7.88.1-10+deb12u14_amd64.deb
Size: 300
SHA256: ${B}

Package: libcurl3
Source: curl (7.88.1-10)
Version: 7.88.1-10+b1
Filename: pool/main/c/curl/libcurl3_7.88.1-10+b1_amd64.deb
Size: 1
SHA256: ${B}
`;

test('Packages: the newest source version with its binary packages, smallest first', () => {
  const [row] = rows(createPackagesParser, packages, ['curl']);
  assert.equal(row?.version, '7.88.1-10+deb12u14');
  assert.deepEqual(
    row?.files.map((file) => [file.package, file.size]),
    [
      ['curl', 300],
      ['libcurl4', 900],
    ],
  );
});

test('names, versions and paths that could climb or break an address are refused', () => {
  for (const name of ['', '.', '..', 'A', 'a/b', 'a\tb', 'a b', '-a', 'a'.repeat(200)])
    assert.equal(isSourceName(name), false, name);
  for (const name of ['0ad', 'libc++1', 'gtk+3.0', 'a']) assert.equal(isSourceName(name), true, name);
  for (const path of ['', '/etc/passwd', 'a/../b', 'a//b', './a', 'a/.hidden', 'a?b', 'a%2e', 'a b', 'a\\b']) {
    assert.equal(isPoolPath(path), false, path);
  }
  assert.equal(isPoolPath('pool/main/c/curl/curl_7.88.1-10+deb12u14~x_amd64.deb'), true);
  for (const version of ['', '1 2', '1/2', '1\n']) assert.equal(isVersion(version), false, version);
  assert.equal(isVersion('1:2.3~rc1+dfsg-4+deb12u5'), true);
});
