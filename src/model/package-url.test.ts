import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Distribution } from './distribution.ts';
import type { Package } from './package.ts';
import { formatPackageUrl, packageName, packageUrl, parsePackageUrl } from './package-url.ts';

function distribution(id: string, version?: string, pointRelease?: string): Distribution {
  return {
    id,
    idLike: [],
    name: id,
    evidence: 'etc/os-release',
    ...(version === undefined ? {} : { version }),
    ...(pointRelease === undefined ? {} : { pointRelease }),
  };
}

function pkg(type: Package['type'], text: string, source?: string): Package {
  const [name = '', version = '', architecture = ''] = text.split(' ');
  const [sourceName = '', sourceVersion = ''] = (source ?? '').split(' ');
  return {
    type,
    name,
    version,
    architecture,
    licences: [],
    ...(source && { source: { name: sourceName, version: sourceVersion } }),
  };
}

test('writes the package URL of an installed package', () => {
  const debian = distribution('debian', '12', '12.9');
  const rhel = distribution('rhel', '9.4');
  const table: [Package, Distribution | undefined, string][] = [
    [
      pkg('deb', 'curl 7.88.1-10 amd64', 'curl 7.88.1-10'),
      debian,
      'deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12',
    ],
    [
      pkg('deb', 'libc6 2.36-9 amd64', 'glibc 2.36-9'),
      debian,
      'deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12&upstream=glibc',
    ],
    [
      pkg('deb', 'libstdc++6 12.2.0-14+b1 amd64', 'gcc-12 12.2.0-14'),
      debian,
      'deb/debian/libstdc%2B%2B6@12.2.0-14%2Bb1?arch=amd64&distro=debian-12&upstream=gcc-12%4012.2.0-14',
    ],
    [pkg('deb', 'vim 2:9.0~rc-1 amd64'), debian, 'deb/debian/vim@2:9.0~rc-1?arch=amd64&distro=debian-12'],
    [pkg('deb', 'tool 1 all'), distribution('debian'), 'deb/debian/tool@1?arch=all&distro=debian'],
    [pkg('deb', 'tool 1 all'), undefined, 'deb/tool@1?arch=all'],
    [
      pkg('apk', 'libssl3 3.3.2-r4 x86_64', 'openssl 3.3.2-r4'),
      distribution('alpine', '3.22', '3.22.1'),
      'apk/alpine/libssl3@3.3.2-r4?arch=x86_64&distro=alpine-3.22.1&upstream=openssl',
    ],
    [
      pkg('apk', 'zlib 1-r0 x86_64'),
      distribution('alpine', 'edge', '3.22.0'),
      'apk/alpine/zlib@1-r0?arch=x86_64&distro=alpine-edge',
    ],
    [
      pkg('apk', 'zlib 1-r0 x86_64'),
      distribution('wolfi', undefined, '20230201'),
      'apk/wolfi/zlib@1-r0?arch=x86_64&distro=wolfi-20230201',
    ],
    [
      pkg('rpm', 'bash 5.1.8-6.el9 x86_64', 'bash 5.1.8-6.el9'),
      rhel,
      'rpm/redhat/bash@5.1.8-6.el9?arch=x86_64&distro=rhel-9.4',
    ],
    [
      pkg('rpm', 'openssl-libs 1:3.0.7-27.el9 x86_64', 'openssl 3.0.7-27.el9'),
      rhel,
      'rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=openssl',
    ],
    [
      pkg('rpm', 'x 1^git1-1 noarch'),
      distribution('opensuse-leap', '15.6'),
      'rpm/opensuse/x@1%5Egit1-1?arch=noarch&distro=opensuse-leap-15.6',
    ],
    [
      pkg('rpm', 'X 1-1 noarch'),
      distribution('constructor', '1'),
      'rpm/constructor/X@1-1?arch=noarch&distro=constructor-1',
    ],
    [pkg('rpm', 'X 1-1 noarch'), undefined, 'rpm/X@1-1?arch=noarch'],
    [
      pkg('alpm', 'zstd 1:1.5.6-1 x86_64', 'zstd 1:1.5.6-1'),
      distribution('arch'),
      'alpm/arch/zstd@1:1.5.6-1?arch=x86_64&distro=arch',
    ],
    [
      { ...pkg('ebuild', 'dev-lang/python 3.12.3-r1'), qualifiers: { slot: '3.12' } },
      distribution('gentoo', '2.15'),
      'ebuild/dev-lang/python@3.12.3-r1?distro=gentoo-2.15&slot=3.12',
    ],
    [
      pkg('opkg', 'busybox 1.36.1-1 mipsel_24kc'),
      distribution('openwrt', '23.05.3'),
      'opkg/openwrt/busybox@1.36.1-1?arch=mipsel_24kc&distro=openwrt-23.05.3',
    ],
  ];
  for (const [of, on, purl] of table) assert.equal(packageUrl(of, on), `pkg:${purl}`);
});

test('writes the package URL of a package of a language', () => {
  const table: [type: Package['type'], name: string, version: string, expected: string][] = [
    ['npm', '@angular/core', '17.0.0', 'npm/%40angular/core@17.0.0'],
    ['npm', 'JSONStream', '1.3.5', 'npm/JSONStream@1.3.5'],
    ['npm', '@', '1', 'npm/%40@1'],
    ['pypi', 'Zope.Interface__x', '6.0', 'pypi/zope-interface-x@6.0'],
    ['pypi', 'requests', '', 'pypi/requests'],
    ['maven', 'org.apache.commons:commons-text', '1.9', 'maven/org.apache.commons/commons-text@1.9'],
    ['maven', 'commons-text', '1.9', 'maven/commons-text@1.9'],
    ['composer', 'Symfony/Http-Kernel', 'v5.4.0', 'composer/symfony/http-kernel@v5.4.0'],
    [
      'golang',
      'github.com/Azure/go-autorest/v14',
      'v14.2.0+incompatible',
      'golang/github.com/Azure/go-autorest/v14@v14.2.0%2Bincompatible',
    ],
    ['golang', 'stdlib', 'go1.22.3', 'golang/stdlib@go1.22.3'],
    ['swift', 'github.com/apple/swift-nio', '2.0.0', 'swift/github.com/apple/swift-nio@2.0.0'],
    ['cocoapods', 'AFNetworking/Security', '4.0.1', 'cocoapods/AFNetworking@4.0.1#Security'],
    ['github', 'actions/Cache/restore', 'v4', 'github/actions/cache@v4#restore'],
    ['nuget', 'Newtonsoft.Json', '13.0.1', 'nuget/Newtonsoft.Json@13.0.1'],
    ['hex', 'Phoenix', '1.7.0', 'hex/phoenix@1.7.0'],
    ['gem', 'rails', '7.0.0', 'gem/rails@7.0.0'],
    ['brew', 'postgresql@12', '12.17', 'brew/postgresql%4012@12.17'],
    ['brew', 'some/tap/app', '1.0', 'brew/some/tap/app@1.0'],
    ['pear', 'pecl.php.net/APCu', '5.1.23', 'pear/pecl.php.net/APCu@5.1.23'],
    ['wordpress', 'plugins/akismet', '5.3', 'wordpress/plugins/akismet@5.3'],
    ['otp', 'Stdlib', '4.2', 'otp/stdlib@4.2'],
    ['terraform', 'hashicorp/aws', '5.31.0', 'terraform/hashicorp/aws@5.31.0'],
    ['elm', 'elm/core', '1.0.5', 'elm/elm/core@1.0.5'],
    ['cpan', 'Archive-Zip', '1.68', 'cpan/Archive-Zip@1.68'],
    ['bazel', 'rules_java', '7.8.0', 'bazel/rules_java@7.8.0'],
    ['vcpkg', 'bzip2', '1.0.8', 'vcpkg/bzip2@1.0.8'],
    ['helm', 'postgresql', '12.1.2', 'helm/postgresql@12.1.2'],
    ['docker', 'library/alpine', '3.18', 'docker/library/alpine@3.18'],
  ];
  for (const [type, name, version, expected] of table) {
    const on = distribution('debian', '12');
    assert.equal(packageUrl({ type, name, version, licences: [] }, on), `pkg:${expected}`);
  }
  const julia: Package = { type: 'julia', name: 'JSON', version: '0.21.4', licences: [], qualifiers: { uuid: '682c' } };
  assert.equal(packageUrl(julia), 'pkg:julia/JSON@0.21.4?uuid=682c');
});

test('reads package URLs and writes them in canonical form', () => {
  const table: [text: string, canonical: string][] = [
    ['pkg:deb/debian/curl@7.88.1-10?arch=amd64', 'pkg:deb/debian/curl@7.88.1-10?arch=amd64'],
    ['PKG:DEB/Debian/Curl@1', 'pkg:deb/debian/curl@1'],
    ['pkg://npm/%40angular/core@17.0.0', 'pkg:npm/%40angular/core@17.0.0'],
    ['pkg:npm/@angular/core', 'pkg:npm/%40angular/core'],
    ['pkg:npm/JSONStream@1.3.5', 'pkg:npm/JSONStream@1.3.5'],
    ['pkg:golang/github.com/gorilla/context@v1#api/../x//y', 'pkg:golang/github.com/gorilla/context@v1#api/x/y'],
    ['pkg:pypi/My_Package@1', 'pkg:pypi/my-package@1'],
    ['pkg:GitHub/Package-URL/Spec@Main', 'pkg:github/package-url/spec@Main'],
    [
      'pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io',
      'pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io',
    ],
    [
      'pkg:rpm/fedora/curl@7.50.3-1.fc25?distro=fedora-25&Arch=i386&empty=',
      'pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25',
    ],
    ['pkg:generic/a%20b@1%2B2', 'pkg:generic/a%20b@1%2B2'],
    ['pkg:generic/name@1#%2e%2e/ok', 'pkg:generic/name@1#ok'],
    ['pkg:generic/name@1#a%2f..%2F..%2Fok', 'pkg:generic/name@1#a/ok'],
    ['pkg:npm/%40angular%2Fcore@1', 'pkg:npm/%40angular/core@1'],
  ];
  for (const [text, canonical] of table) {
    const parsed = parsePackageUrl(text);
    assert.ok(parsed.ok, text);
    assert.equal(formatPackageUrl(parsed.value), canonical);
  }
});

test('half of a surrogate pair does not stop a report', () => {
  assert.equal(packageUrl(pkg('deb', 'cut\ud83d 1 all')), 'pkg:deb/cut%EF%BF%BD@1?arch=all');
});

test('refuses what is none', () => {
  const texts = [
    '',
    'deb/debian/curl',
    'pkg:',
    'pkg:deb',
    'pkg:deb/',
    'pkg:deb/@1',
    'pkg:9z/x',
    'pkg:d!b/x',
    'pkg:deb/%ff',
  ];
  const qualifiers = ['pkg:deb/x?=1', 'pkg:deb/x?a b=1', 'pkg:deb/x?a=1&A=2', 'pkg:deb/x?a=%', 'pkg:deb/x?__proto__=1'];
  for (const text of [...texts, ...qualifiers, `pkg:deb/${'x'.repeat(9000)}`])
    assert.equal(parsePackageUrl(text).ok, false, text.slice(0, 40));
});

test('what is written is read again as it was', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const name = text.filter((value) => value.replace(/\//g, '') !== '' && !value.includes('/'));
  fc.assert(
    fc.property(name, name, text, text, (namespace, own, version, arch) => {
      const purl = { type: 'generic', namespace, name: own, version, qualifiers: { arch } };
      const parsed = parsePackageUrl(formatPackageUrl(purl));
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.value, purl);
    }),
    { numRuns: 300 },
  );
});

test('the name of a package comes back from its package URL', () => {
  const names: readonly (readonly [Package['type'], string])[] = [
    ['npm', '@angular/core'],
    ['npm', 'lodash'],
    ['maven', 'org.apache.commons:commons-text'],
    ['golang', 'github.com/gorilla/mux/v2'],
    ['swift', 'github.com/apple/swift-nio'],
    ['github', 'actions/checkout/sub/path'],
    ['cocoapods', 'AFNetworking/Security'],
    ['composer', 'symfony/http-kernel'],
    ['ebuild', 'sys-apps/portage'],
    ['deb', 'libstdc++6'],
    ['terraform', 'hashicorp/aws'],
    ['pypi', 'requests'],
  ];
  for (const [type, name] of names) {
    const parsed = parsePackageUrl(packageUrl(pkg(type, `${name} 1.0`), distribution('debian', '12')));
    assert.equal(parsed.ok && packageName(type, parsed.value), name);
  }
  const other = parsePackageUrl('pkg:golang/github.com/aws/sdk@v1.2.3#service/s3');
  assert.equal(other.ok && packageName('golang', other.value), 'github.com/aws/sdk/service/s3');
});
