import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parseAptConf } from '#advisory/sources/debian-mirror/apt/apt-conf.ts';
import { parseLogins } from '#advisory/sources/debian-mirror/apt/credentials.ts';
import { parseDeb822Sources } from '#advisory/sources/debian-mirror/apt/deb822-sources.ts';
import { parseOneLineSources } from '#advisory/sources/debian-mirror/apt/one-line-sources.ts';
import { condense, parseHistory } from '#advisory/sources/debian-mirror/changelog/history.ts';
import { parseChangelog } from '#advisory/sources/debian-mirror/changelog/parse.ts';
import { pendingFixes } from '#advisory/sources/debian-mirror/changelog/pending-fixes.ts';
import { readChangelog } from '#advisory/sources/debian-mirror/changelog/read-changelog.ts';
import { createPackagesParser } from '#advisory/sources/debian-mirror/index/packages.ts';
import { findRows } from '#advisory/sources/debian-mirror/index/source-row.ts';
import { createSourcesParser, type IndexParser } from '#advisory/sources/debian-mirror/index/sources.ts';
import { splitClearSigned } from '#advisory/sources/debian-mirror/release/clear-signed.ts';
import { dearmour } from '#advisory/sources/debian-mirror/release/keyrings.ts';
import { parseReleaseFile } from '#advisory/sources/debian-mirror/release/release-file.ts';
import { deb, tar } from '#advisory/sources/debian-mirror/testing/archive.ts';
import { checkResult, checkWords } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

const testdata = new URL('../../../src/advisory/sources/debian-mirror/release/testdata/', import.meta.url);

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

export const debianRelease: FuzzTarget = {
  id: 'debian-release',
  title: 'InRelease files and armoured keys of Debian archives',
  form: 'text',
  seeds: () => ['InRelease', 'archive.asc'].map((name) => readFileSync(new URL(name, testdata))),
  run(bytes) {
    const message = text(bytes);
    assert.ok(dearmour(message).length <= message.length);
    const split = splitClearSigned(message);
    const release = checkResult(parseReleaseFile(split?.text ?? message));
    for (const [path, { sha256, size }] of release?.files ?? []) {
      assert.match(path, /^[A-Za-z0-9][\w.+/-]*$/);
      assert.doesNotMatch(path, /(?:^|\/)\.\.?(?:\/|$)/, 'a path leads nowhere else');
      assert.match(sha256, /^[0-9a-f]{64}$/);
      assert.ok(Number.isSafeInteger(size) && size >= 0);
    }
  },
};

const A = 'a'.repeat(64);
const sources = `Package: curl
Binary: curl, libcurl4
Version: 7.88.1-10+deb12u14
Checksums-Sha256:
 ${A} 2000 curl_7.88.1-10+deb12u14.dsc
 ${A} 3000 curl_7.88.1.orig.tar.gz
 ${A} 4000 curl_7.88.1-10+deb12u14.debian.tar.xz
Directory: pool/main/c/curl

Package: dpkg
Version: 1.21.23
Checksums-Sha256:
 ${A} 5000 dpkg_1.21.23.tar.xz
Directory: pool/main/d/dpkg
`;

const packages = `Package: libcurl4
Source: curl (7.88.1-10)
Version: 7.88.1-10+b1
Filename: pool/main/c/curl/libcurl4_7.88.1-10+b1_amd64.deb
Size: 391000
SHA256: ${A}

Package: dpkg
Version: 1.21.23
Filename: pool/main/d/dpkg/dpkg_1.21.23_amd64.deb
Size: 10
SHA256: ${A}
`;

const wanted = new Set(['curl', 'dpkg', 'libcurl4']);

export const debianIndex: FuzzTarget = {
  id: 'debian-index',
  title: 'Packages and Sources indexes, in any chunks',
  form: 'text',
  seeds: () => [Buffer.from(sources), Buffer.from(packages)],
  run(bytes) {
    for (const create of [createSourcesParser, createPackagesParser]) {
      const whole = condensed(create(), bytes, bytes.length + 1);
      assert.ok(whole.equals(condensed(create(), bytes, 1 + (bytes.length % 97))), 'chunks make no difference');
      for (const { version, files } of findRows(whole, wanted)) {
        assert.match(version, /^[0-9A-Za-z.+~:-]{1,256}$/);
        for (const { path, size, sha256 } of files) {
          assert.doesNotMatch(path, /(?:^|\/)\.{0,2}(?:\/|$)|\s/, 'a path stays below the mirror');
          assert.match(sha256, /^[0-9a-f]{64}$/);
          assert.ok(Number.isSafeInteger(size) && size >= 0);
        }
      }
    }
  },
};

function condensed(parser: IndexParser, bytes: Uint8Array, size: number): Buffer {
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
  return parser.finish();
}

const changelog = `curl (7.88.1-10+deb12u5) bookworm-security; urgency=high

  * Fix CVE-2023-46218 and CVE-2023-46219 (Closes: #1056646, #1056647)
  * SECURITY UPDATE: heap overflow
    - debian/patches/CVE-2023-38545.patch: reject long names.
    - CVE-2023-38545
  * CVE-2023-0001 does not affect this version.

 -- A Maintainer <a@example.org>  Tue, 19 Dec 2023 21:40:13 +0100

curl (7.88.1-10) unstable experimental; urgency=medium, binary-only=yes

  [ Somebody ]
  * Something over
    two lines, DSA-5649-1, LP: #12345

 -- B <b@example.org>  Sat, 08 Apr 2023 10:00:00 +0200
`;

export const debianChangelog: FuzzTarget = {
  id: 'debian-changelog',
  title: 'changelogs and what they say about vulnerabilities',
  form: 'text',
  seeds: () => [Buffer.from(changelog)],
  run(bytes) {
    const entries = parseChangelog(text(bytes));
    const history = condense(entries, 'curl', 'source');
    assert.deepEqual(parseHistory(JSON.parse(JSON.stringify(history))), history, 'a history survives the cache');
    for (const vendor of ['debian', 'ubuntu'] as const) {
      const { fixes } = pendingFixes(history, '7.88.1-10', { vendor, codename: 'bookworm' });
      for (const { id, fixed } of fixes) {
        assert.match(id, /^CVE-\d{4}-\d{4,}$/);
        assert.ok(fixed !== '');
      }
    }
  },
};

const packed = gzipSync(changelog);
const tree = [{ path: './usr/share/doc/curl/changelog.Debian.gz', content: packed }];
const FILES = ['debian', 'native', 'diff', 'binary'] as const;

export const debianPool: FuzzTarget = {
  id: 'debian-pool',
  title: 'changelogs in .deb packages, source tarballs and diffs',
  form: 'big-endian',
  seeds: () => [
    deb(tree),
    deb([{ path: './usr/share/doc/curl', linkTo: 'libcurl4' }]),
    gzipSync(tar([{ path: 'debian/changelog', content: changelog }])),
    zstdCompressSync(tar([{ path: 'curl-7/debian/changelog', content: changelog }])),
    tar([{ path: 'debian/changelog', content: changelog }]),
    gzipSync(
      `--- curl-7.orig/debian/changelog\n+++ curl-7/debian/changelog\n@@ -0,0 +1,9 @@\n${changelog.replace(/^/gm, '+')}`,
    ),
  ],
  async run(bytes) {
    for (const kind of FILES) {
      const file = { kind, path: 'pool/main/c/curl/file', size: bytes.length, sha256: A, package: 'curl' };
      const result = await readChangelog(file, Buffer.from(bytes));
      if (!result.ok) checkWords(result.error.reason);
      if (!result.ok && result.error.linkTo !== undefined) assert.match(result.error.linkTo, /^[a-z0-9][a-z0-9+.-]*$/);
    }
  },
};

export const aptConfiguration: FuzzTarget = {
  id: 'apt-configuration',
  title: 'configuration of apt: sources, settings and logins',
  form: 'text',
  seeds: () =>
    [
      'deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] http://deb.debian.org/debian bookworm main contrib\ndeb-src file:/srv/mirror ./\n',
      'Types: deb deb-src\nURIs: https://deb.debian.org/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDMEY\n -----END PGP PUBLIC KEY BLOCK-----\n',
      'Acquire { http { Proxy "http://proxy:3128/"; }; /* comment */ https::Verify-Peer "false"; };\n#clear APT::x;\n// end\n',
      'machine mirror.example/debian login reader password secret\nmachine http://other login a password b\n',
    ].map((content) => Buffer.from(content)),
  run(bytes) {
    const content = text(bytes);
    for (const parse of [parseOneLineSources, parseDeb822Sources]) {
      const { entries, malformed, unsupported } = parse(content, 'sources');
      assert.ok(Number.isSafeInteger(malformed + unsupported));
      for (const { uri, suite } of entries) assert.ok(uri !== '' && suite !== '', 'an entry names place and suite');
    }
    const settings = new Map<string, string>();
    parseAptConf(content, settings);
    for (const key of settings.keys()) assert.equal(key, key.toLowerCase());
    assert.ok(parseLogins(content).length <= 200);
  },
};
