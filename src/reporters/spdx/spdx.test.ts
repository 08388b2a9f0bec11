import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanReport, installed, sampleReport } from '../../../test/kit/report.ts';
import { spdx } from './index.ts';

interface Element {
  readonly SPDXID: string;
  readonly name: string;
  readonly supplier?: string;
  readonly licenseDeclared?: string;
  readonly externalRefs?: readonly { readonly referenceLocator: string }[];
}

const document = (report = sampleReport()) =>
  JSON.parse([...spdx.render(report, { color: false, width: 80, verbose: false })].join(''));
const element = (parts: Parameters<typeof installed>[0]): Element => {
  const { packages }: { packages: readonly Element[] } = document(cleanReport({ packages: [installed(parts)] }));
  const found = packages.find((one) => one.SPDXID.startsWith('SPDXRef-Package-'));
  assert.ok(found);
  return found;
};

test('packages of one source were generated from one element', () => {
  const { relationships, packages } = document();
  const from = relationships
    .filter((one: { relationshipType: string }) => one.relationshipType === 'GENERATED_FROM')
    .map((one: { relatedSpdxElement: string }) => one.relatedSpdxElement);
  const curl: Element = packages.find((one: Element) => one.SPDXID.startsWith('SPDXRef-Source-curl-'));
  assert.equal(from.filter((id: string) => id === curl.SPDXID).length, 2);
  assert.equal(
    curl.externalRefs?.[0]?.referenceLocator,
    'pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?arch=source&distro=debian-12',
  );
});

test('words that are no licence expression are kept as extracted text', () => {
  const { packages, hasExtractedLicensingInfos } = document();
  const login: Element = packages.find((one: Element) => one.name === 'login');
  const extracted = hasExtractedLicensingInfos.find(
    (one: { licenseId: string }) => one.licenseId === login.licenseDeclared,
  );
  assert.equal(extracted.extractedText, 'BSD-3-clause and custom words');
});

const suppliers: readonly (readonly [string, { vendor?: string; maintainer?: string }, string])[] = [
  ['a vendor', { vendor: 'Example (Ltd)', maintainer: 'A <a@example.com>' }, 'Organization: Example Ltd'],
  ['a maintainer with an address', { maintainer: 'Jo Doe <jo@example.com>' }, 'Person: Jo Doe (jo@example.com)'],
  ['a maintainer without one', { maintainer: 'Jo Doe' }, 'Person: Jo Doe'],
  ['nobody', { maintainer: '' }, 'NOASSERTION'],
];
for (const [what, parts, expected] of suppliers) {
  test(`supplier: ${what}`, () => assert.equal(element({ name: 'x', version: '1', ...parts }).supplier, expected));
}

test('the id of a package does not depend on its neighbours', () => {
  const one = installed({ name: 'one', version: '1' });
  const idOf = (report: ReturnType<typeof sampleReport>) =>
    document(report).packages.find((each: Element) => each.name === 'one').SPDXID;
  assert.equal(
    idOf(cleanReport({ packages: [one] })),
    idOf(cleanReport({ packages: [installed({ name: 'another', version: '1' }), one] })),
  );
});

test('a list that may lack something says so', () => {
  assert.match(document(sampleReport()).comment, /not complete/);
  assert.equal(document(cleanReport()).comment, undefined);
});
