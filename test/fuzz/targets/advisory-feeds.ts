import assert from 'node:assert/strict';
import { alpineSecdb } from '#advisory/sources/alpine-secdb/index.ts';
import { debianTracker } from '#advisory/sources/debian-tracker/index.ts';
import { epss } from '#advisory/sources/epss/index.ts';
import { kev } from '#advisory/sources/kev/index.ts';
import { osv } from '#advisory/sources/osv/index.ts';
import { zipOf } from '../../kit/zip.ts';
import type { FuzzTarget } from '../target.ts';
import { isObject, json, parse, readCounted } from './feed-records.ts';

const osvRecord = {
  schema_version: '1.7.0',
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-03-01T00:00:00Z',
  published: '2026-02-01T00:00:00Z',
  aliases: ['CVE-2026-0001'],
  related: ['CVE-2026-0002'],
  summary: 'A parser reads too far',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  database_specific: { severity: 'MODERATE' },
  references: [{ type: 'WEB', url: 'https://example.org/a' }],
  affected: [
    {
      package: { ecosystem: 'PyPI', name: 'Some_Package', purl: 'pkg:pypi/some-package' },
      ranges: [
        {
          type: 'ECOSYSTEM',
          events: [{ introduced: '0' }, { fixed: '2.0' }, { introduced: '3.0' }, { last_affected: '3.2' }],
        },
        { type: 'GIT', repo: 'https://example.org/r', events: [{ introduced: '0' }] },
      ],
      versions: ['1.0', '1.1'],
      ecosystem_specific: { severity: 'HIGH' },
    },
  ],
};

const osvRecords = [
  osvRecord,
  {
    ...osvRecord,
    id: 'GO-2026-1',
    affected: [
      {
        package: { ecosystem: 'PyPI', name: 'm' },
        ranges: [
          { type: 'GIT', repo: 'https://example.org/r', events: [{ introduced: '0' }, { fixed: 'a'.repeat(40) }] },
        ],
        ecosystem_specific: { imports: [{ path: 'm/a', symbols: ['F', 'T.M'], goos: ['linux'] }] },
        database_specific: { cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      },
      { package: { purl: 'pkg:pypi/b' }, versions: ['1.0'] },
    ],
  },
  { ...osvRecord, id: 'USN-1-1', affected: [{ package: { ecosystem: 'PyPI', name: 'b' }, versions: ['2'] }] },
  { id: 'PYSEC-1', withdrawn: '2026-01-01T00:00:00Z' },
];

export const osvExport: FuzzTarget = {
  id: 'osv',
  title: 'records of OSV exports',
  form: 'json',
  seeds: () => osvRecords.map(json),
  async run(bytes) {
    const whole = json(osvRecord).toString();
    const { counts, said } = await readCounted(
      osv,
      'pypi',
      zipOf([
        { name: 'changed.json', content: Buffer.from(bytes) },
        { name: 'whole.json', content: whole },
      ]),
    );
    assert.ok((counts.get('advisory') ?? 0) >= 1, 'a broken record does not hide the next');
    assert.ok(parse(bytes) !== undefined || said >= 1, 'what is no JSON is said to be left out');
  },
};

const tracker = {
  curl: {
    'CVE-2026-1': {
      description: 'reads too far',
      scope: 'remote',
      releases: {
        bookworm: { status: 'open', urgency: 'low', nodsa: 'minor', nodsa_reason: 'postponed' },
        trixie: { status: 'resolved', fixed_version: '8.0-1', urgency: 'unimportant' },
        sid: { status: 'resolved', fixed_version: '0' },
      },
    },
    'TEMP-0000001-ABCDEF': { releases: { bullseye: { status: 'undetermined' } } },
  },
  'über{"': { 'CVE-2026-2': { releases: {} } },
};

export const debianTrackerFeed: FuzzTarget = {
  id: 'debian-tracker',
  title: 'the Debian security tracker',
  form: 'json',
  seeds: () => [json(tracker), Buffer.from(JSON.stringify(tracker, undefined, 2))],
  async run(bytes) {
    const { counts, said } = await readCounted(debianTracker, 'debian:12', Buffer.from(bytes));
    const value = parse(bytes);
    if (counts.has('failure')) return;
    assert.ok(value !== undefined, 'what is no JSON is a failure');
    const sources = isObject(value) ? Object.values(value).filter(isObject) : [];
    const entries = sources.reduce((sum, source) => sum + Object.keys(source).length, 0);
    const found = (counts.get('advisory') ?? 0) + said;
    assert.ok(found >= entries, `${entries} entries, ${found} read or said to be left out`);
  },
};

export const alpineSecdbFeed: FuzzTarget = {
  id: 'alpine-secdb',
  title: 'security databases of Alpine',
  form: 'json',
  seeds: () =>
    [
      {
        distroversion: 'v3.22',
        packages: [
          { pkg: { name: 'curl', secfixes: { '8.0-r0': ['CVE-2026-1', 'CVE-2026-2 XSA-1'], '0': ['CVE-2026-3'] } } },
          { pkg: { name: 'xen', secfixes: { '4-r1': ['CVE-2017-10913 CVE-2017-10914 XSA-218', 'CVE-2017-17434-1'] } } },
        ],
      },
      { distroversion: 'v3.22', packages: [] },
    ].map(json),
  async run(bytes) {
    const { counts, said } = await readCounted(alpineSecdb, 'alpine:3.22', Buffer.from(bytes));
    if (counts.has('failure')) return;
    const value = parse(bytes);
    assert.ok(isObject(value), 'what is no JSON is a failure');
    const packages = Array.isArray(value['packages']) ? value['packages'].filter(isObject) : [];
    const fixing = packages.filter(({ pkg }) => !isObject(pkg) || !isObject(pkg['secfixes']));
    assert.ok(said >= fixing.length, `${fixing.length} packages without fixes, ${said} said to be left out`);
  },
};

export const epssFeed: FuzzTarget = {
  id: 'epss',
  title: 'EPSS scores',
  form: 'text',
  seeds: () => [
    Buffer.from(
      '#model_version:v2026.03.14,score_date:2026-08-01T00:00:00+0000\ncve,epss,percentile\nCVE-1999-0001,0.00983,0.77\nCVE-2026-12345,9.4e-1,1\n',
    ),
  ],
  async run(bytes) {
    const { counts, said } = await readCounted(epss, '', Buffer.from(bytes));
    if (counts.has('failure')) return;
    const rows = Buffer.from(bytes)
      .toString('latin1')
      .split('\n')
      .filter((line) => line.startsWith('CVE-')).length;
    const found = (counts.get('enrichment') ?? 0) + said;
    assert.ok(found >= rows, `${rows} rows, ${found} read or said to be left out`);
  },
};

export const kevFeed: FuzzTarget = {
  id: 'kev',
  title: 'the KEV catalog',
  form: 'json',
  seeds: () =>
    [
      {
        dateReleased: '2026-08-01T00:00:00Z',
        vulnerabilities: [
          { cveID: 'CVE-2026-1', dateAdded: '2026-07-01', dueDate: '2026-07-22', knownRansomwareCampaignUse: 'Known' },
          { cveID: 'CVE-2026-2', dateAdded: '2026-07-02', knownRansomwareCampaignUse: 'Unknown' },
        ],
      },
    ].map(json),
  async run(bytes) {
    const { counts, said } = await readCounted(kev, '', Buffer.from(bytes));
    if (counts.has('failure')) return;
    const value = parse(bytes);
    assert.ok(isObject(value) && Array.isArray(value['vulnerabilities']), 'what is no catalog is a failure');
    const entries = value['vulnerabilities'].filter(isObject).length;
    const found = (counts.get('enrichment') ?? 0) + said;
    assert.ok(found >= entries, `${entries} entries, ${found} read or said to be left out`);
  },
};
