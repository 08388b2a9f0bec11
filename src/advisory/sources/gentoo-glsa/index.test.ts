import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readFeed } from '../../../../test/kit/feed.ts';
import { tarOf } from '../../../../test/kit/tar.ts';
import { gentooGlsa } from './index.ts';
import { rangesWithout } from './ranges.ts';

function bounds(text: string) {
  return text
    .split(' ')
    .filter(Boolean)
    .map((each) => {
      const [operator = '', version = ''] = each.split(':');
      return { operator, version, slot: '*' };
    });
}

describe('vulnerable versions without the unaffected ones', () => {
  const table: readonly [vulnerable: string, unaffected: string, ranges: string][] = [
    ['lt:3.0.10', 'ge:3.0.10', '<3.0.10'],
    ['le:3.0.9', 'ge:3.0.10', '|3.0.9-r1'],
    ['lt:2.0', 'ge:2.0 rge:1.2.3-r4', '<1.2.3-r4 1.2.3-r999999<2.0'],
    ['lt:2.0', '', '|2.0'],
    ['lt:1.0', 'ge:2.0', '|1.0'],
    ['eq:1.2', 'ge:1.3', '1.2|1.2-r1'],
    ['rlt:1.2-r3', 'rge:1.2-r3', '1.2<1.2-r3'],
    ['ge:1.0', 'ge:2.0', '1.0<2.0'],
    ['lt:2.0', 'lt:1.0 ge:2.0', '1.0<2.0'],
    ['x:1.0', 'ge:1.0', ''],
  ];
  for (const [vulnerable, unaffected, expected] of table) {
    test(`${vulnerable} without ${unaffected}`, () => {
      const found = rangesWithout(bounds(vulnerable), bounds(unaffected)).map(
        ({ introduced = '', fixed, limit }) => `${introduced}${fixed === undefined ? `|${limit}` : `<${fixed}`}`,
      );
      assert.equal(found.join(' '), expected);
    });
  }
});

const glsa = (id: string, packages: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE glsa SYSTEM "http://www.gentoo.org/dtd/glsa.dtd">
<glsa id="${id}"><title>OpenSSL: Multiple Vulnerabilities</title><synopsis>x</synopsis><product type="ebuild">openssl</product>
<announced>2024-02-04</announced><revised count="1">2024-02-04</revised><affected>${packages}</affected>
<impact type="normal"><p>x</p></impact>
<references><uri link="https://nvd.nist.gov/vuln/detail/CVE-2022-3602">CVE-2022-3602</uri><uri>CVE-2022-3786</uri></references></glsa>`;

test('reads the archive advisory by advisory, slot by slot', async () => {
  const packages = `<package name="dev-libs/openssl" auto="yes" arch="*">
    <unaffected range="ge" slot="0/3">3.0.10</unaffected><vulnerable range="lt" slot="0/3">3.0.10</vulnerable></package>
    <package name="dev-lang/go" auto="yes" arch="*"><unaffected range="ge">1.20.10</unaffected><vulnerable range="lt">1.20.10</vulnerable></package>`;
  const archive = tarOf([
    { name: 'glsa-master/glsa-202402-08.xml', body: glsa('202402-08', packages) },
    { name: 'glsa-master/glsa-202402-09.xml', body: '<glsa>' },
    { name: 'glsa-master/glsa-202402-10.xml', body: glsa('202402-10', '<package name="nothing"/>') },
    { name: 'glsa-master/metadata.xml', body: 'x' },
  ]);
  const { advisories, problems } = await readFeed(gentooGlsa, 'gentoo', gzipSync(archive));
  assert.deepEqual(
    advisories.map(({ id, bundles, severity, published }) => ({ id, bundles, severity, published })),
    [
      {
        id: 'GLSA-202402-08',
        bundles: ['CVE-2022-3602', 'CVE-2022-3786'],
        severity: 'medium',
        published: '2024-02-04',
      },
    ],
  );
  assert.deepEqual(
    advisories[0]?.affected.map(({ name, ranges, module }) => [name, ranges, module]),
    [
      ['dev-libs/openssl', [{ fixed: '3.0.10' }], 'slot:0/3'],
      ['dev-lang/go', [{ fixed: '1.20.10' }], undefined],
    ],
  );
  assert.deepEqual(problems, ['glsa-unreadable incomplete 2']);
});
