import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedPath, sharedSkip } from '../../../../test/kit/shared.ts';
import { zipOf } from '../../../../test/kit/zip.ts';
import type { FeedRecord } from '../../advisory-source.ts';
import { documentOf, openDocument } from '../../documents/document.ts';
import { osv } from './index.ts';
import { parseOsvRecord } from './record.ts';

const record = {
  schema_version: '1.7.0',
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-03-01T00:00:00Z',
  published: '2026-02-01T00:00:00Z',
  aliases: ['CVE-2026-0001'],
  summary: 'A parser\nreads too far',
  severity: [
    { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
    { type: 'CVSS_V4', score: 'not a vector' },
  ],
  database_specific: { severity: 'MODERATE' },
  references: [
    { type: 'WEB', url: 'https://example.org/a' },
    { type: 'WEB', url: 'javascript:alert(1)' },
  ],
  affected: [
    {
      package: { ecosystem: 'PyPI', name: 'Some_Package' },
      ranges: [
        { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0' }] },
        { type: 'GIT', repo: 'https://example.org/r', events: [{ introduced: '0' }] },
      ],
      versions: ['1.0', '1.1'],
    },
    { package: { ecosystem: 'npm', name: 'other' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
    { package: { ecosystem: 'PyPI', name: 'unranged' } },
    { ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
  ],
};

test('reads a record into the normal form', () => {
  const read = parseOsvRecord(record, 'PyPI');
  assert.ok(read.ok);
  assert.deepEqual(read.value.remarks, ['git-range', 'other-ecosystem', 'no-range', 'no-package']);
  const [advisory] = read.value.advisories;
  assert.deepEqual(
    { ...advisory, affected: advisory?.affected.map((each) => ({ ...each, versions: [] })) },
    {
      id: 'GHSA-aaaa-bbbb-cccc',
      source: 'osv',
      aliases: ['CVE-2026-0001'],
      bundles: [],
      summary: 'A parser reads too far',
      severity: 'medium',
      scores: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      published: '2026-02-01T00:00:00Z',
      modified: '2026-03-01T00:00:00Z',
      references: ['https://example.org/a'],
      affected: [
        {
          ecosystem: 'pypi',
          name: 'some-package',
          subject: 'package',
          scheme: 'pep440',
          status: 'fixed',
          ranges: [{ fixed: '2.0' }],
          versions: [],
        },
      ],
    },
  );
});

function affectedOf(ecosystem: string, more: object, top: object = {}) {
  const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }];
  const read = parseOsvRecord({
    id: 'X-1',
    ...top,
    affected: [{ package: { ecosystem, name: 'p' }, ranges, ...more }],
  });
  assert.ok(read.ok);
  return read.value.advisories[0];
}

test('reads states, ratings and notes where each publisher puts them', () => {
  const endOfLife = affectedOf('Debian:10', { ecosystem_specific: { urgency: 'end-of-life' } });
  assert.equal(endOfLife?.affected[0]?.status, 'end-of-life');
  const unimportant = affectedOf('Debian:12', { ecosystem_specific: { urgency: 'unimportant' } });
  assert.deepEqual([unimportant?.affected[0]?.note, unimportant?.severity], ['unimportant', 'info']);
  const ubuntu = affectedOf('Ubuntu:22.04:LTS', {}, { severity: [{ type: 'Ubuntu', score: 'negligible' }] });
  assert.deepEqual([ubuntu?.severity, ubuntu?.scores], ['info', [{ type: 'publisher', value: 'Ubuntu: negligible' }]]);
  const alma = affectedOf('AlmaLinux:9', {}, { id: 'ALSA-2024:1', summary: 'Important: kernel security update' });
  assert.equal(alma?.severity, 'high');
  const rust = affectedOf('crates.io', { database_specific: { informational: 'unmaintained' } });
  assert.equal(rust?.affected[0]?.note, 'unmaintained');
  const module = affectedOf('Red Hat:enterprise_linux:8::appstream', {
    package: {
      ecosystem: 'Red Hat:enterprise_linux:8::appstream',
      name: 'nodejs',
      purl: 'pkg:rpm/redhat/nodejs?rpmmod=nodejs%3A18',
    },
  });
  assert.equal(module?.affected[0]?.module, 'nodejs:18');
});

test('tells each release only of the vulnerabilities that a notice fixes in it', () => {
  const part = (ecosystem: string, cve: string) => ({
    package: { ecosystem, name: 'wayland' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2' }] }],
    database_specific: { cves_map: { ecosystem, cves: [{ id: cve }] } },
  });
  const read = parseOsvRecord({
    id: 'USN-1-1',
    upstream: ['UBUNTU-CVE-2021-1', 'CVE-2021-2'],
    affected: [part('Ubuntu:20.04:LTS', 'CVE-2021-1'), part('Ubuntu:22.04:LTS', 'CVE-2021-2')],
  });
  assert.ok(read.ok);
  assert.deepEqual(
    read.value.advisories.map(({ bundles, affected }) => [bundles, affected.map((each) => each.ecosystem)]),
    [
      [['CVE-2021-1'], ['ubuntu:20.04']],
      [['CVE-2021-2'], ['ubuntu:22.04']],
    ],
  );
});

async function readAll(bytes: Buffer, feedId = 'pypi', modified?: string): Promise<FeedRecord[]> {
  const feed = osv.feed(feedId);
  assert.ok(feed);
  const records: FeedRecord[] = [];
  for await (const batch of osv.parse(documentOf('all.zip', bytes, modified), feed)) records.push(...batch);
  return records;
}

test('reads an export and counts what it had to leave', async () => {
  const records = await readAll(
    zipOf([
      { name: 'good.json', content: JSON.stringify(record) },
      { name: 'withdrawn.json', content: JSON.stringify({ ...record, withdrawn: '2026-01-01T00:00:00Z' }) },
      { name: 'future.json', content: JSON.stringify({ ...record, modified: '2099-01-01T00:00:00Z' }) },
      { name: 'broken.json', content: '{"id":' },
      { name: 'list.json', content: '[]' },
      { name: 'damaged.json', content: 'x', claims: { crc: 1 } },
      { name: 'README', content: 'no record' },
    ]),
    'pypi',
    '2026-06-01T00:00:00.000Z',
  );
  assert.equal(records.filter(({ kind }) => kind === 'advisory').length, 2);
  assert.deepEqual(
    records.filter(({ kind }) => kind === 'as-of'),
    [{ kind: 'as-of', date: '2026-03-01T00:00:00Z' }],
  );
  const problems = records.flatMap((each) => (each.kind === 'problem' ? [each.problem] : []));
  const counts = Object.fromEntries(problems.map(({ code, count = 1, effect }) => [code, `${count} ${effect}`]));
  assert.deepEqual(counts, {
    'osv-git-range': '2 note',
    'osv-other-ecosystem': '2 note',
    'osv-no-range': '2 incomplete',
    'osv-no-package': '2 note',
    'osv-withdrawn': '1 note',
    'osv-record-unreadable': '3 incomplete',
  });
});

test('an archive that is none, or holds no record, fails as a whole', async () => {
  for (const bytes of [Buffer.from('<html>'), zipOf([]), zipOf([{ name: 'a.json', content: 'x' }])]) {
    assert.equal((await readAll(bytes)).at(-1)?.kind ?? '', 'failure');
  }
});

test('reads a list of records as well, of a publisher who names no package', async () => {
  const fix = 'a'.repeat(40);
  const listed = {
    id: 'CURL-CVE-2026-1',
    aliases: ['CVE-2026-1'],
    database_specific: { severity: 'Low' },
    affected: [
      {
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '7.9' }, { fixed: '8.0.1' }] },
          { type: 'GIT', repo: 'https://github.com/curl/curl.git', events: [{ introduced: '0' }, { fixed: fix }] },
        ],
        versions: ['8.0.0', '7.9'],
      },
    ],
  };
  const [record, ...others] = await readAll(Buffer.from(JSON.stringify([listed, 5])), 'curl');
  assert.ok(record?.kind === 'advisory');
  const [affected] = record.advisory.affected;
  assert.deepEqual(
    [affected?.ecosystem, affected?.name, affected?.scheme, affected?.ranges, affected?.versions, affected?.commits],
    ['curl', 'curl', 'bitnami', [{ introduced: '7.9', fixed: '8.0.1' }], [], [{ introduced: '0' }, { fixed: fix }]],
  );
  assert.deepEqual(
    others.map((each) => (each.kind === 'problem' ? each.problem.code : each.kind)),
    ['osv-record-unreadable'],
  );
});

const samples = sharedPath('data', 'osv', '_samples', 'all.zip');
test('reads notices of every distribution', { skip: sharedSkip(samples) }, async () => {
  const document = openDocument(samples ?? '');
  assert.ok(document.ok);
  const keys = new Set<string>();
  for await (const batch of osv.parse(document.value, { ...(osv.feed('debian') ?? assert.fail()), id: 'none' })) {
    for (const each of batch) {
      assert.notEqual(each.kind, 'failure');
      if (each.kind === 'advisory') for (const { ecosystem } of each.advisory.affected) keys.add(ecosystem);
    }
  }
  document.value.close();
  for (const key of ['debian:12', 'ubuntu:22.04', 'ubuntu-esm:18.04', 'rhel:7', 'rhel-aus:8.6', 'rocky:8']) {
    assert.ok(keys.has(key), `${key} is among ${[...keys].join(', ')}`);
  }
});
