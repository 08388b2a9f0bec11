import assert from 'node:assert/strict';
import { amazonAlas } from '#advisory/sources/amazon-alas/index.ts';
import { archTracker } from '#advisory/sources/arch-tracker/index.ts';
import { azureLinuxOval } from '#advisory/sources/azure-linux-oval/index.ts';
import { fedoraUpdates } from '#advisory/sources/fedora-updates/index.ts';
import { gentooGlsa } from '#advisory/sources/gentoo-glsa/index.ts';
import { nodejsCore } from '#advisory/sources/nodejs-core/index.ts';
import { oracleOval } from '#advisory/sources/oracle-oval/index.ts';
import { photonCve } from '#advisory/sources/photon-cve/index.ts';
import { redHatVex } from '#advisory/sources/redhat-vex/index.ts';
import { vulnrichment } from '#advisory/sources/vulnrichment/index.ts';
import { tarOf } from '../../kit/tar.ts';
import { zipOf } from '../../kit/zip.ts';
import type { FuzzTarget } from '../target.ts';
import { isObject, json, parse, readCounted } from './feed-records.ts';

const updateInfo = `<?xml version="1.0"?><updates><update type="security"><id>ALAS2-2026-1</id><title>curl</title><issued date="2026-01-01 10:00"/>
<severity>important</severity><references><reference href="https://example.org/a" id="CVE-2026-0001" type="cve"/></references>
<pkglist><collection><package arch="x86_64" epoch="1" name="curl" release="1.amzn2" version="8.3.0"/></collection></pkglist></update>
<update type="bugfix"><id>ALAS2-2026-2</id></update></updates>`;

const oval = `<oval_definitions><definitions><definition id="d:1" class="patch"><metadata><title>ELSA-2026-1: curl</title>
<reference source="CVE" ref_id="CVE-2026-0001" ref_url="https://example.org/a"/><patchable>true</patchable>
<advisory><severity>LOW</severity><issued date="2026-01-01"/></advisory></metadata><criteria operator="AND">
<criterion comment="Oracle Linux 9 is installed" test_ref="t:0"/><criteria operator="OR"><criterion comment="curl is earlier than 0:9-1" test_ref="t:1"/>
</criteria></criteria></definition></definitions><tests><rpminfo_test id="t:1"><object object_ref="o:1"/><state state_ref="s:1"/></rpminfo_test></tests>
<objects><rpminfo_object id="o:1"><name>curl</name></rpminfo_object></objects><states><rpminfo_state id="s:1"><evr operation="less than">0:9-1</evr>
</rpminfo_state></states></oval_definitions>`;

/** Documents in XML: what is broken is a failure as a whole, or one notice that is said to be left out. */
export const distributionNotices: FuzzTarget = {
  id: 'distribution-notices',
  title: 'notices of rpm distributions, as updateinfo and as OVAL',
  form: 'text',
  seeds: () => [Buffer.from(updateInfo), Buffer.from(oval)],
  async run(bytes) {
    const content = Buffer.from(bytes);
    for (const [source, ecosystem] of [
      [amazonAlas, 'amzn:2'],
      [fedoraUpdates, 'fedora:42'],
      [oracleOval, 'ol:9'],
      [azureLinuxOval, 'azurelinux:3'],
    ] as const) {
      const { counts } = await readCounted(source, ecosystem, content);
      assert.ok(counts.size > 0 || content.includes('</'), 'nothing at all is a failure');
    }
  },
};

const archGroup = {
  name: 'AVG-1',
  packages: ['curl'],
  affected: '8-1',
  fixed: '9-1',
  severity: 'High',
  status: 'Fixed',
  issues: ['CVE-2026-1'],
};
const photonRow = {
  cve_id: 'CVE-2026-1',
  pkg: 'curl',
  cve_score: 8.8,
  aff_ver: 'all versions before 9-1 are vulnerable',
  res_ver: '9-1',
};

export const distributionLists: FuzzTarget = {
  id: 'distribution-lists',
  title: 'lists of Arch Linux and Photon OS',
  form: 'json',
  seeds: () => [
    json([archGroup, { ...archGroup, fixed: null, status: 'Vulnerable' }]),
    json([photonRow, { ...photonRow, res_ver: 'NA' }]),
  ],
  async run(bytes) {
    for (const [source, ecosystem] of [
      [archTracker, 'arch'],
      [photonCve, 'photon:5.0'],
    ] as const) {
      const { counts, said } = await readCounted(source, ecosystem, Buffer.from(bytes));
      if (counts.has('failure')) continue;
      const value = parse(bytes);
      assert.ok(Array.isArray(value), 'what is no list is a failure');
      assert.equal((counts.get('advisory') ?? 0) + said, value.length, 'every item is read or said to be left out');
    }
  },
};

const nodeEntry = {
  cve: ['CVE-2026-1'],
  vulnerable: '20.x || 22.x',
  patched: '^20.1.0 || >= 22.2.0',
  severity: 'high',
  affectedEnvironments: ['all'],
};

export const nodejsCoreFeed: FuzzTarget = {
  id: 'nodejs-core',
  title: 'the index of Node.js core vulnerabilities',
  form: 'json',
  seeds: () => [json({ 1: nodeEntry, 2: { ...nodeEntry, vulnerable: '<= 10', cve: [] } })],
  async run(bytes) {
    const { counts, said } = await readCounted(nodejsCore, 'nodejs', Buffer.from(bytes));
    if (counts.has('failure')) return;
    const value = parse(bytes);
    assert.ok(isObject(value), 'what is no index is a failure');
    const elsewhere = Object.values(value).filter(
      (entry) => isObject(entry) && Array.isArray(entry['affectedEnvironments']),
    );
    assert.ok((counts.get('advisory') ?? 0) + said + elsewhere.length >= Object.keys(value).length);
  },
};

const cveRecord = {
  cveMetadata: { cveId: 'CVE-2026-1000', state: 'PUBLISHED' },
  containers: {
    cna: { metrics: [{ cvssV3_1: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } }] },
    adp: [
      {
        metrics: [
          {
            other: {
              type: 'ssvc',
              content: {
                timestamp: '2026-05-01T12:00:00Z',
                options: [{ Exploitation: 'poc' }, { Automatable: 'yes' }],
              },
            },
          },
        ],
      },
    ],
  },
};

export const vulnrichmentFeed: FuzzTarget = {
  id: 'vulnrichment',
  title: 'CVE records with what CISA adds',
  form: 'json',
  seeds: () => [json(cveRecord)],
  async run(bytes) {
    const members = [
      { name: 'CVE-2026-1000.json', content: Buffer.from(bytes) },
      { name: 'CVE-2026-1001.json', content: json(cveRecord) },
    ];
    const { counts, said } = await readCounted(vulnrichment, '', zipOf(members));
    assert.ok((counts.get('enrichment') ?? 0) >= 1, 'a broken record does not hide the next');
    assert.ok(parse(bytes) !== undefined || said >= 1, 'what is no JSON is said to be left out');
  },
};

const vexDocument = {
  document: {
    title: 'curl',
    aggregate_severity: { text: 'Low' },
    tracking: { current_release_date: '2026-02-01T00:00:00Z' },
  },
  product_tree: {
    branches: [
      {
        branches: [
          {
            product: {
              product_id: 'R',
              product_identification_helper: { cpe: 'cpe:/o:redhat:enterprise_linux:9::baseos' },
            },
          },
          {
            product: {
              product_id: 'c',
              product_identification_helper: { purl: 'pkg:rpm/redhat/curl@7-1?arch=x86_64&epoch=1' },
            },
          },
          { product: { product_id: 'm', product_identification_helper: { purl: 'pkg:rpmmod/redhat/nodejs@18:8:1' } } },
          { product: { product_id: 'nodejs:18/npm' } },
        ],
      },
    ],
    relationships: [
      { full_product_name: { product_id: 'R:c' }, product_reference: 'c', relates_to_product_reference: 'R' },
      { full_product_name: { product_id: 'R:m' }, product_reference: 'm', relates_to_product_reference: 'R' },
      { full_product_name: { product_id: 'R:m:c' }, product_reference: 'c', relates_to_product_reference: 'R:m' },
      {
        full_product_name: { product_id: 'R:n' },
        product_reference: 'nodejs:18/npm',
        relates_to_product_reference: 'R',
      },
    ],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2026-1',
      product_status: { fixed: ['R:c', 'R:m:c'], known_affected: ['R:n'], known_not_affected: ['R:n'] },
      remediations: [{ category: 'no_fix_planned', details: 'Will not fix', product_ids: ['R:n'] }],
      scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } }],
    },
  ],
};

export const redHatVexFeed: FuzzTarget = {
  id: 'redhat-vex',
  title: 'CSAF VEX documents of Red Hat',
  form: 'json',
  seeds: () => [json(vexDocument)],
  async run(bytes) {
    const files = [
      { name: '2026/cve-2026-1.json', body: bytes },
      { name: '2026/cve-2026-2.json', body: json(vexDocument) },
    ];
    const { counts, said } = await readCounted(redHatVex, 'rhel:9', Buffer.from(tarOf(files)));
    assert.ok((counts.get('advisory') ?? 0) >= 1, 'a broken document does not hide the next');
    assert.ok(parse(bytes) !== undefined || said >= 1, 'what is no JSON is said to be left out');
  },
};

const glsa = `<glsa id="202601-01"><title>curl</title><announced>2026-01-01</announced><affected><package name="net-misc/curl">
<unaffected range="ge" slot="0">9</unaffected><unaffected range="rge">8.1-r4</unaffected><vulnerable range="lt" slot="*">9</vulnerable></package>
</affected><impact type="high"/><references><uri link="https://example.org/">CVE-2026-0001</uri></references></glsa>`;

export const gentooGlsaFeed: FuzzTarget = {
  id: 'gentoo-glsa',
  title: 'advisories of Gentoo',
  form: 'text',
  seeds: () => [Buffer.from(glsa)],
  async run(bytes) {
    const files = [
      { name: 'glsa-202601-01.xml', body: bytes },
      { name: 'glsa-202601-02.xml', body: glsa },
    ];
    const { counts, said } = await readCounted(gentooGlsa, 'gentoo', Buffer.from(tarOf(files)));
    assert.equal((counts.get('advisory') ?? 0) + said, 2, 'each file is read or said to be left out');
  },
};
