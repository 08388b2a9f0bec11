import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { memoryContent, type Result } from '#foundation/index.ts';
import type { InstalledPackage } from '#model/index.ts';
import type { SbomDocument } from './document.ts';
import { inventoryOf, type SbomInventory } from './inventory.ts';
import { readSbom } from './read.ts';

const today = new Date('2026-11-25T00:00:00Z');

function sample(name: string): Buffer {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url));
}

function read(content: Buffer | string | object): Result<SbomDocument> {
  const isText = typeof content === 'string' || Buffer.isBuffer(content);
  return readSbom(memoryContent(Buffer.from(isText ? content : JSON.stringify(content))));
}

function inventory(content: Buffer | string | object): SbomInventory {
  const document = read(content);
  assert.ok(document.ok, document.ok ? '' : document.error);
  return inventoryOf(document.value, { path: 'dir/bom.json', size: 1 }, today);
}

function words({ purl, evidence, origin, source, relation }: InstalledPackage): string {
  const parts = [evidence, origin.path, source && `${source.name} ${source.version}`, relation];
  return [purl, ...parts].filter((part) => part !== undefined).join(' | ');
}

const keel = 'pkg:deb/debian/libkeel1@1:1.2-3%2Bb1?arch=amd64&distro=debian-12&upstream=keel%401:1.2-3';
const rudder = 'pkg:deb/debian/rudder@4.0-1?arch=amd64&distro=debian-12';

describe('documents of other tools about an image tell its packages, their sources and the distribution', () => {
  const files = [
    'image.syft.cdx.json',
    'image.syft-1.4.cdx.json',
    'image.syft.cdx.xml',
    'image.syft.spdx.json',
    'image.syft-2.2.spdx.json',
    'image.syft.spdx',
    'image.syft.json',
    'image.syft.github.json',
    'image.trivy.cdx.json',
    'image.trivy.spdx.json',
    'image.trivy.spdx',
  ];
  for (const file of files) {
    test(file, () => {
      const { inventory: found } = inventory(sample(file));
      assert.deepEqual(
        found.packages.map(({ purl, evidence }) => `${evidence} ${purl}`),
        [
          `installed ${keel}`,
          `installed ${rudder}`,
          'installed pkg:npm/%40types/node@18.0.0',
          'installed pkg:npm/lodash@4.17.15',
        ],
      );
      assert.deepEqual(found.packages[0]?.source, { name: 'keel', version: '1:1.2-3' });
      const { id, version, pointRelease, endOfLife } = found.distribution ?? {};
      assert.deepEqual([id, version, pointRelease, endOfLife?.date], ['debian', '12', '12.9', '2026-07-11']);
      assert.ok(found.problems.every(({ effect }) => effect === 'note'));
    });
  }

  test('what the tool knows of layers and paths', () => {
    for (const file of ['image.trivy.cdx.json', 'image.trivy.spdx', 'image.syft.json']) {
      const { inventory: found, subject } = inventory(sample(file));
      assert.deepEqual([subject.kind, subject.name, subject.layers.length], ['image', 'ship.tar', 2], file);
      assert.ok(found.packages.every(({ origin }) => origin.layer?.index === 1 || origin.layer?.index === 0));
    }
    const paths = inventory(sample('image.syft.spdx')).inventory.packages.map(({ origin }) => origin.path);
    assert.deepEqual(paths, [
      'var/lib/dpkg/status',
      'var/lib/dpkg/status',
      'app/node_modules/@types/node/package.json',
      'app/node_modules/lodash/package.json',
    ]);
  });

  test('makers, by whom packages of others are told from those of the distribution', () => {
    for (const file of ['image.syft.cdx.json', 'image.syft.json', 'image.trivy.cdx.json', 'image.trivy.spdx.json']) {
      const maintainer = inventory(sample(file)).inventory.packages[1]?.maintainer;
      assert.equal(maintainer, 'Debian Shipwrights <ships@lists.debian.org>', file);
    }
  });
});

describe('documents about a project tell what it asks for', () => {
  const debug = 'pkg:npm/debug@4.3.4 | declared';
  const ms = 'pkg:npm/ms@2.1.2 | declared';
  const types = 'pkg:npm/%40types/node@18.0.0 | declared';
  const shop = 'pkg:npm/shop@1.0.0 | declared';
  const rows: Readonly<Record<string, readonly string[]>> = {
    'shop.cdxgen.cdx.json': [
      `${types} | ship/shop/package-lock.json | direct`,
      `${debug} | ship/shop/package-lock.json | direct`,
      `${ms} | ship/shop/package-lock.json | transitive`,
      `${shop} | bom.json | root`,
    ],
    'shop.cyclonedx-npm.cdx.json': [
      `${types} | node_modules/@types/node | direct`,
      `${debug} | node_modules/debug | direct`,
      `${ms} | node_modules/ms | transitive`,
      `${shop} | bom.json | root`,
    ],
    'shop.cyclonedx-py.cdx.json': ['pkg:pypi/idna@3.4 | declared | bom.json'],
    'shop.syft.cdx.json': [
      'pkg:golang/github.com/google/uuid@v1.6.0 | declared | go.mod',
      `${debug} | package-lock.json`,
      `${ms} | package-lock.json`,
      `${shop} | package-lock.json`,
      'pkg:pypi/idna@3.4 | declared | requirements.txt',
    ],
    'shop.trivy.cdx.json': [
      'pkg:golang/github.com/google/uuid@v1.6.0 | declared | go.mod | direct',
      `${debug} | package-lock.json | direct`,
      `${ms} | package-lock.json | transitive`,
      'pkg:pypi/idna@3.4 | declared | requirements.txt | direct',
    ],
  };
  for (const [file, expected] of Object.entries({
    ...rows,
    'shop.cyclonedx-npm.cdx.xml': rows['shop.cyclonedx-npm.cdx.json'] ?? [],
  })) {
    test(file, () => assert.deepEqual(inventory(sample(file)).inventory.packages.map(words), expected));
  }

  test('with the way from one package to the next', () => {
    for (const file of ['shop.cdxgen.cdx.json', 'shop.cyclonedx-npm.cdx.xml', 'shop.trivy.cdx.json']) {
      const { packages } = inventory(sample(file)).inventory;
      assert.deepEqual(packages.find(({ name }) => name === 'debug')?.dependencies, ['ms@2.1.2'], file);
    }
  });
});

describe('what is around a document', () => {
  const bom = JSON.parse(sample('image.trivy.cdx.json').toString());
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://cyclonedx.org/bom',
    predicate: bom,
  };
  const envelope = {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [],
  };
  const spdx = JSON.parse(sample('image.trivy.spdx.json').toString());
  const rows: Readonly<Record<string, readonly [content: Buffer | string | object, isEnveloped: boolean]>> = {
    gzip: [gzipSync(sample('image.syft.spdx')), false],
    'a byte order mark': [`\ufeff${JSON.stringify(bom)}`, false],
    'an in-toto statement': [statement, true],
    'a DSSE envelope': [envelope, true],
    'a Sigstore bundle': [{ mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope }, true],
    'envelopes, one a line': [`{"payloadType":"x","payload":"e30="}\n${JSON.stringify(envelope)}\n`, true],
    'a predicate as text': [{ ...statement, predicate: { Data: JSON.stringify(bom) } }, true],
    'GitHub’s export': [{ sbom: spdx }, false],
    'BuildKit’s listing': [{ SPDX: spdx }, false],
  };
  for (const [name, [content, isEnveloped]] of Object.entries(rows)) {
    test(name, () => {
      const { inventory: found } = inventory(content);
      assert.equal(found.packages.length, 4);
      const isSaid = found.problems.some(({ code }) => code === 'sbom-signature-not-verified');
      assert.equal(isSaid, isEnveloped);
    });
  }
});

test('whose word it is, and that it is old, is said', () => {
  const { problems } = inventory({
    ...cyclonedx([]),
    metadata: { timestamp: '2026-01-01T00:00:00Z', tools: [{ name: 'x', version: '1' }] },
  }).inventory;
  assert.match(problems[0]?.message ?? '', /\(CycloneDX 1\.5 JSON, by x 1, on 2026-01-01\)/);
  assert.match(problems.find(({ code }) => code === 'sbom-old')?.message ?? '', /328 days old/);
});

describe('system packages of documents by others', () => {
  const rows: readonly (readonly [purl: string, expected: string, properties?: Record<string, string>])[] = [
    ['pkg:rpm/redhat/bash@5.1-1.el9?arch=x86_64&distro=rhel-9.4&epoch=2', 'rhel 9.4 bash 2:5.1-1.el9'],
    [
      'pkg:rpm/redhat/bash@5.1-1.el9?distro=redhat-9.4&upstream=bash-5.1-1.el9.src.rpm',
      'rhel 9.4 bash 5.1-1.el9 < bash 5.1-1.el9',
    ],
    ['pkg:rpm/centos/x@1-1?distro=centos-7.9.2009', 'centos 7 x 1-1'],
    ['pkg:rpm/opensuse/x@1-1?distro=opensuse-leap-15.5', 'opensuse-leap 15.5 x 1-1'],
    ['pkg:rpm/amazon/x@1-1?distro=amazon-2023.6.20241010', 'amzn 2023 x 1-1'],
    ['pkg:rpm/oracle/x@1-1?distro=oracle-8.8', 'ol 8.8 x 1-1'],
    [
      'pkg:apk/alpine/libssl3@3.3.2-r4?arch=x86_64&distro=3.20.3&upstream=openssl',
      'alpine 3.20 libssl3 3.3.2-r4 < openssl 3.3.2-r4',
    ],
    ['pkg:apk/alpine/x@1-r0?distro=alpine-edge', 'alpine edge x 1-r0'],
    ['pkg:apk/wolfi/x@1-r0?distro=wolfi-20230201', 'wolfi - x 1-r0'],
    ['pkg:deb/ubuntu/x@1?distro=ubuntu-22.04', 'ubuntu 22.04 x 1'],
    ['pkg:deb/debian/x@1?distro=bookworm', 'debian 12 x 1'],
    ['pkg:deb/debian/x@1?distro=debian-trixie', 'debian 13 x 1'],
    ['pkg:deb/debian/libc6@2.36-9?distro=debian-12&upstream=glibc%402.36-8', 'debian 12 libc6 2.36-9 < glibc 2.36-8'],
    [
      'pkg:deb/debian/x@1-2?distro=debian-12',
      'debian 12 x 1-2 < y 3:1-2',
      {
        'aquasecurity:trivy:SrcName': 'y',
        'aquasecurity:trivy:SrcVersion': '1',
        'aquasecurity:trivy:SrcRelease': '2',
        'aquasecurity:trivy:SrcEpoch': '3',
      },
    ],
    [
      'pkg:apk/alpine/x@1-r0?distro=alpine-3.20.1',
      'alpine 3.20 x 1-r0 < y 1-r0',
      { 'syft:metadata:originPackage': 'y' },
    ],
    [
      'pkg:rpm/rocky/x@1-1?distro=rocky-9.3',
      'rocky 9.3 x 1-1 [nodejs:18:1:a]',
      { 'aquasecurity:trivy:Modularitylabel': 'nodejs:18:1:a' },
    ],
    ['pkg:rpm/rocky/x@1-1?distro=rocky-9.3&rpmmod=nodejs:18:1:a', 'rocky 9.3 x 1-1 [nodejs:18:1:a]'],
  ];
  for (const [purl, expected, properties = {}] of rows) {
    test(`${purl} ${Object.keys(properties).join(' ')}`, () => {
      const pairs = Object.entries(properties).map(([name, value]) => ({ name, value }));
      const { inventory: found } = inventory(cyclonedx([{ type: 'library', name: 'n', purl, properties: pairs }]));
      const [pkg] = found.packages;
      const { distribution } = found;
      const parts = [
        `${distribution?.id} ${distribution?.version ?? '-'} ${pkg?.name} ${pkg?.version}`,
        ...(pkg?.source ? [`< ${pkg.source.name} ${pkg.source.version}`] : []),
        ...(pkg?.modularity ? [`[${pkg.modularity}]`] : []),
      ];
      assert.equal(parts.join(' '), expected);
    });
  }
});

test('names and versions of languages are those of the ecosystem', () => {
  const rows: readonly (readonly [purl: string, expected: string])[] = [
    ['pkg:golang/stdlib@1.22.3', 'golang stdlib go1.22.3'],
    ['pkg:golang/stdlib@v1.22.3', 'golang stdlib go1.22.3'],
    ['pkg:golang/github.com/x/y@1.2.3', 'golang github.com/x/y v1.2.3'],
    ['pkg:golang/github.com/x/y@v1.2.3#v2', 'golang github.com/x/y/v2 v1.2.3'],
    ['pkg:golang/github.com/x/y@(devel)', 'golang github.com/x/y (devel)'],
    ['pkg:maven/org.apache.commons/commons-text@1.9', 'maven org.apache.commons:commons-text 1.9'],
    ['pkg:npm/%40angular/core@1.0.0', 'npm @angular/core 1.0.0'],
    ['pkg:composer/symfony/http-kernel@v5', 'composer symfony/http-kernel v5'],
    ['pkg:pypi/Zope.Interface@5', 'pypi zope-interface 5'],
  ];
  for (const [purl, expected] of rows) {
    const [pkg] = inventory(cyclonedx([{ type: 'library', name: 'n', purl }])).inventory.packages;
    assert.equal(`${pkg?.type} ${pkg?.name} ${pkg?.version}`, expected);
  }
});

describe('what cannot be matched is counted and named', () => {
  const rows: readonly (readonly [component: object, code: string, effect: string])[] = [
    [{ type: 'library', name: 'left-pad', version: '1' }, 'sbom-component-no-purl', 'incomplete'],
    [{ type: 'library', name: 'x', purl: 'pkg:' }, 'sbom-component-purl-invalid', 'incomplete'],
    [{ type: 'library', name: 'x', purl: 'pkg:constructor/x@1' }, 'sbom-component-type-unknown', 'incomplete'],
    [{ type: 'file', name: '/etc/passwd' }, 'sbom-component-no-package', 'note'],
    [{ type: 'library', name: '' }, 'sbom-component-unusable', 'incomplete'],
    [{ type: 'library', name: 'a\u0000b' }, 'sbom-component-unusable', 'incomplete'],
  ];
  for (const [component, code, effect] of rows) {
    test(code, () => {
      const { packages, problems } = inventory(cyclonedx([component, component])).inventory;
      assert.deepEqual(packages, []);
      const [problem] = problems.filter((one) => one.code !== 'sbom-not-verified');
      assert.deepEqual([problem?.code, problem?.effect, problem?.count], [code, effect, 2]);
    });
  }

  test('sources that no system package names', () => {
    const components = Array.from({ length: 12 }, (_, index) => ({
      type: 'library',
      name: 'x',
      purl: `pkg:deb/debian/x${index}@1?distro=debian-12`,
    }));
    const { problems } = inventory(cyclonedx(components)).inventory;
    assert.ok(problems.some(({ code, effect }) => code === 'sbom-sources-missing' && effect === 'incomplete'));
  });

  test('what the document says is missing, and a version of its format that is not known', () => {
    const { problems } = inventory({
      ...cyclonedx([]),
      specVersion: '9.9',
      compositions: [{ aggregate: 'incomplete' }],
    }).inventory;
    const codes = problems.map(({ code }) => code);
    assert.deepEqual(codes.slice(1), ['sbom-said-incomplete', 'sbom-version-unknown']);
  });
});

describe('what is no document is refused with words', () => {
  const rows: readonly (readonly [what: string, content: Buffer | string | object, words: RegExp])[] = [
    ['nothing', '', /neither JSON nor XML nor SPDX/],
    ['another JSON', { name: 'x' }, /no SBOM of a known format/],
    ['a list', '[]', /neither JSON nor XML|no SBOM/],
    ['broken JSON', '{"bomFormat":"CycloneDX"', /not valid JSON/],
    ['another XML', '<project/>', /no CycloneDX/],
    [
      'an XML bomb',
      '<!DOCTYPE bom [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a;</bom>',
      /entities/,
    ],
    ['broken gzip', Buffer.from('1f8b0800000000000003ffff', 'hex'), /damaged/],
    ['zstd', Buffer.from('28b52ffd0000', 'hex'), /zstd/],
  ];
  for (const [what, content, expected] of rows) {
    test(what, () => {
      const document = read(content);
      assert.match(document.ok ? '' : document.error, expected);
    });
  }
});

describe('hostile documents end soon and say what is missing', () => {
  test('components in components without end', () => {
    const component = { type: 'library', name: 'x', purl: 'pkg:npm/x@1' };
    const nested = `${'{"type":"library","name":"x","purl":"pkg:npm/x@1","components":['.repeat(3_000)}${JSON.stringify(component)}${']}'.repeat(3_000)}`;
    const { problems } = inventory(`{"bomFormat":"CycloneDX","specVersion":"1.5","components":[${nested}]}`).inventory;
    assert.ok(problems.some(({ code }) => code === 'sbom-nested-too-deep'));
  });

  test('dependencies in circles, also to what is not there', () => {
    const purls = ['a', 'b', 'c'].map((name) => `pkg:npm/${name}@1`);
    const components = purls.map((purl) => ({ type: 'library', name: 'x', 'bom-ref': purl, purl }));
    const dependencies = purls.map((ref) => ({ ref, dependsOn: [...purls, 'nowhere'] }));
    const { packages } = inventory({ ...cyclonedx(components), dependencies }).inventory;
    assert.deepEqual(
      packages.map(({ dependencies: needs }) => needs?.length),
      [3, 3, 3],
    );
  });

  test('components of one reference are kept apart', () => {
    const twin = (purl: string) => ({ type: 'library', name: 'x', 'bom-ref': 'same', purl });
    const { packages } = inventory(cyclonedx([twin('pkg:npm/a@1'), twin('pkg:npm/b@1')])).inventory;
    assert.deepEqual(
      packages.map(({ name }) => name),
      ['a', 'b'],
    );
  });

  test('a tag-value text that never ends, and tags before their element', () => {
    const { packages } = inventory(
      'SPDXVersion: SPDX-2.3\nPackageVersion: 1\nExternalRef: x\nPackageName: a\nPackageComment: <text>open\n',
    ).inventory;
    assert.deepEqual(packages, []);
  });

  test('names that JavaScript gives a meaning', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const components = names.map((name) => ({
      type: name,
      name,
      purl: `pkg:npm/${name}@1`,
      scope: name,
      properties: [{ name, value: name }],
    }));
    assert.equal(inventory(cyclonedx(components)).inventory.packages.length, 3);
  });
});

function cyclonedx(components: readonly object[]): object {
  return { bomFormat: 'CycloneDX', specVersion: '1.5', components };
}
