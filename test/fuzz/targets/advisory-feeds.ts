import assert from 'node:assert/strict';
import type { AdvisorySource, FeedRecord } from '#advisory/advisory-source.ts';
import { decodeAdvisory, decodeStatements, encodeAdvisory, encodeStatement } from '#advisory/database/record-codec.ts';
import { documentOf } from '#advisory/documents/document.ts';
import type { Advisory } from '#advisory/index.ts';
import { alpineSecdb } from '#advisory/sources/alpine-secdb/index.ts';
import { debianTracker } from '#advisory/sources/debian-tracker/index.ts';
import { epss } from '#advisory/sources/epss/index.ts';
import { kev } from '#advisory/sources/kev/index.ts';
import { osv } from '#advisory/sources/osv/index.ts';
import { zipOf } from '../../kit/zip.ts';
import { checkProblems, checkWords } from '../rules.ts';
import type { FuzzTarget } from '../target.ts';

/** How many records of each kind a document gave, and how many were said to be left out. */
interface Tally {
  readonly counts: ReadonlyMap<FeedRecord['kind'], number>;
  readonly said: number;
}

async function read(source: AdvisorySource, ecosystem: string, content: Buffer): Promise<Tally> {
  const feed = source.feedsFor(ecosystem)[0];
  assert.ok(feed, `${source.id} speaks for ${ecosystem}`);
  const counts = new Map<FeedRecord['kind'], number>();
  let said = 0;
  for await (const batch of source.parse(documentOf('document', content), feed)) {
    for (const record of batch) {
      checkRecord(record, source.id);
      counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
      if (record.kind === 'problem' && record.problem.effect !== 'note') said += record.problem.count ?? 1;
    }
  }
  return { counts, said };
}

function checkRecord(record: FeedRecord, source: string): void {
  switch (record.kind) {
    case 'advisory':
      checkAdvisory(record.advisory, source);
      break;
    case 'enrichment':
      assert.match(record.id, /^[A-Za-z0-9][A-Za-z0-9._:+~-]{0,127}$/);
      break;
    case 'as-of':
      assert.ok(!Number.isNaN(Date.parse(record.date)), record.date);
      break;
    case 'problem':
      checkProblems([record.problem]);
      break;
    case 'failure':
      checkWords(record.message);
  }
}

/** The database gives back what was read, field by field. */
function checkAdvisory({ affected, ...head }: Advisory, source: string): void {
  assert.equal(head.source, source);
  assert.match(head.id, /^[A-Za-z0-9][A-Za-z0-9._:+~-]{0,127}$/);
  assert.deepEqual(decodeAdvisory(encodeAdvisory(head), source), { ok: true, value: head });
  for (const reference of head.references) assert.match(reference, /^https?:\/\/\S+$/);
  for (const statement of affected.slice(0, 50)) {
    const { ecosystem, name } = statement;
    assert.ok(name !== '' && !/[\u0000-\u001f]/.test(name + ecosystem), 'a key has no separators in it');
    const decoded = decodeStatements(`[${encodeStatement(0, statement)}]`, ecosystem, name);
    assert.ok(decoded.ok, 'a statement can be read back');
    assert.deepEqual({ ...decoded.value[0]?.affected }, { ...statement });
  }
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** Documents that are JSON as a whole and what is in them; undefined for anything else. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
    const { counts, said } = await read(
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
    const { counts, said } = await read(debianTracker, 'debian:12', Buffer.from(bytes));
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
    const { counts, said } = await read(alpineSecdb, 'alpine:3.22', Buffer.from(bytes));
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
    const { counts, said } = await read(epss, '', Buffer.from(bytes));
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
    const { counts, said } = await read(kev, '', Buffer.from(bytes));
    if (counts.has('failure')) return;
    const value = parse(bytes);
    assert.ok(isObject(value) && Array.isArray(value['vulnerabilities']), 'what is no catalog is a failure');
    const entries = value['vulnerabilities'].filter(isObject).length;
    const found = (counts.get('enrichment') ?? 0) + said;
    assert.ok(found >= entries, `${entries} entries, ${found} read or said to be left out`);
  },
};
