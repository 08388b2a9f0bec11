import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { updateDatabase } from '#advisory/index.ts';
import { readSubmission } from '#intake/index.ts';
import type { ScanReport } from '#scan/index.ts';
import { acceptReport } from '#storage/index.ts';
import { digestOf, finding, installed, sampleReport } from '../../../test/kit/report.ts';
import { testContext } from '../../../test/kit/server-context.ts';
import { emptyStorage } from '../../../test/kit/storage.ts';
import { zipOf } from '../../../test/kit/zip.ts';
import { applyAdvisories } from './apply.ts';
import { matchInventories } from './match-inventory.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-advisories-'));
after(() => rmSync(root, { recursive: true }));
const mirror = join(root, 'mirror');
const directory = join(root, 'database');
const { query } = await emptyStorage();
let now = new Date('2026-11-24T10:00:00Z');
const advisories = { directory, feedMirror: mirror, network: 'offline', everyMinutes: 60, program: '' } as const;
const context = { ...testContext(query, () => now), advisories };
const signal = AbortSignal.timeout(60_000);

interface Lodash {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly fixed?: string;
  readonly severity?: string;
}

/** What publishers say from now on. */
async function publish(tracker: object, lodash: readonly Lodash[], exploited: readonly string[] = []): Promise<void> {
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(join(mirror, path, '..'), { recursive: true });
    writeFileSync(join(mirror, path), content);
  };
  put('debian/tracker.json.gz', gzipSync(JSON.stringify({ ...tracker, zlib: { 'CVE-2000-1': open() } })));
  const records = lodash.map(({ id, aliases = [], fixed = '4.17.21', severity = 'HIGH' }) => ({
    name: `${id}.json`,
    content: JSON.stringify({
      id,
      aliases,
      modified: '2026-11-24T00:00:00Z',
      database_specific: { severity },
      affected: [
        {
          package: { ecosystem: 'npm', name: 'lodash' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
        },
      ],
    }),
  }));
  put('osv/npm/all.zip', zipOf(records));
  const catalogue = exploited.map((cveID) => ({ cveID, dateAdded: '2026-11-24' }));
  put(
    'kev/known_exploited_vulnerabilities.json',
    JSON.stringify({
      dateReleased: '2026-11-24',
      vulnerabilities: [...catalogue, { cveID: 'CVE-2000-1', dateAdded: '2026-11-24' }],
    }),
  );
  const updated = await updateDatabase({ directory, from: mirror, ecosystems: ['debian:12', 'npm'] });
  assert.ok(updated.ok && updated.value.unanswered.length === 0, JSON.stringify(updated));
  await applyAdvisories({}, context, signal);
  await matchInventories({}, context, signal);
}

const open = (urgency = 'not yet assigned') => ({ releases: { bookworm: { status: 'open', urgency } } });
const curl = installed({ name: 'curl', version: '7.88.1-10', source: { name: 'curl', version: '7.88.1-10' } });
const lodash = installed({
  type: 'npm',
  name: 'lodash',
  version: '4.17.15',
  purl: 'pkg:npm/lodash@4.17.15',
  origin: { path: 'app/node_modules/lodash/package.json' },
});

async function upload(image: string, digest: string, report: Partial<ScanReport> = {}): Promise<void> {
  const base = sampleReport();
  const text = JSON.stringify(
    sampleReport({
      createdAt: now.toISOString(),
      artifact: {
        ...base.artifact,
        name: `r.example/${image}`,
        tags: [`r.example/${image}`],
        manifestDigest: digestOf(digest),
      },
      packages: [curl, lodash],
      findings: [],
      unassessed: [],
      problems: [],
      assessment: 'complete',
      ...report,
    }),
  );
  const read = readSubmission(text, undefined, { receivedAt: now });
  assert.ok(read.ok);
  const accepted = await query.transaction().execute((transaction) =>
    acceptReport(transaction, read.value, {
      content: createHash('sha256').update(text).digest('hex'),
      principal: { account: '00000000-0000-4000-8000-000000000001', name: 'ci' },
      scopes: [{ kind: 'all' }],
      receivedAt: now,
    }),
  );
  assert.ok(accepted.ok);
  await matchInventories({}, context, signal);
}

async function findings(image: string) {
  const rows = await query
    .selectFrom('finding')
    .innerJoin('asset', 'asset.id', 'finding.asset_id')
    .select(['finding.id', 'finding.rule', 'finding.subject', 'finding.state', 'finding.severity', 'finding.exploited'])
    .where('asset.name', '=', `r.example/${image}`)
    .orderBy('finding.rule')
    .execute();
  return rows.map(({ rule, subject, state, severity, exploited }) =>
    [rule, subject.split('?')[0], state, severity, ...(exploited ? ['exploited'] : [])].join(' '),
  );
}

async function history(rule: string) {
  const rows = await query
    .selectFrom('finding_event')
    .innerJoin('finding', 'finding.id', 'finding_event.finding_id')
    .select(['finding_event.kind', 'finding_event.details'])
    .where('finding.rule', '=', rule)
    .orderBy('finding_event.id')
    .execute();
  return rows;
}

const later = (hours: number) => {
  now = new Date(now.getTime() + hours * 3_600_000);
};

test('an advisory that comes after the scan opens findings by itself, and says why', async () => {
  await publish({ curl: {} }, [{ id: 'GHSA-aaaa-bbbb-cccc' }]);
  await upload('shop:1', 'a1', { findings: [finding({ id: 'GHSA-aaaa-bbbb-cccc', package: lodash })] });
  await upload('bank:1', 'b1', { packages: [lodash] });
  assert.deepEqual(await findings('shop'), ['GHSA-aaaa-bbbb-cccc pkg:npm/lodash open high']);
  assert.deepEqual(await findings('bank'), ['GHSA-aaaa-bbbb-cccc pkg:npm/lodash open high'], 'the scan knew less');
  later(1);
  await publish({ curl: { 'CVE-2026-1001': open() } }, [{ id: 'GHSA-aaaa-bbbb-cccc' }]);
  assert.deepEqual(await findings('shop'), [
    'CVE-2026-1001 pkg:deb/debian/curl open unknown',
    'GHSA-aaaa-bbbb-cccc pkg:npm/lodash open high',
  ]);
  const [opened] = await history('CVE-2026-1001');
  assert.equal(opened?.kind, 'opened');
  assert.deepEqual(opened?.details, {
    digest: digestOf('a1'),
    tool: 'advisories',
    severity: 'unknown',
    because: 'advisory',
    advisory: 'CVE-2026-1001',
    source: 'debian-tracker',
    artifacts: 1,
  });
});

test('a name that turns out to be that of a CVE brings findings together, and the same is not told twice', async () => {
  later(1);
  await publish({ curl: { 'CVE-2026-1001': open() } }, [{ id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2026-1002'] }]);
  later(1);
  await upload('shop:1', 'a1', {
    findings: [finding({ id: 'CVE-2026-1002', aliases: ['GHSA-aaaa-bbbb-cccc'], package: lodash })],
  });
  assert.deepEqual(
    (await findings('shop')).map((text) => text.split(' ')[0]),
    ['CVE-2026-1001', 'CVE-2026-1002'],
  );
});

test('what changes is changed with its cause', async () => {
  later(1);
  await publish(
    { curl: { 'CVE-2026-1001': open() } },
    [{ id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2026-1002'], severity: 'CRITICAL' }],
    ['CVE-2026-1002'],
  );
  assert.ok(
    (await findings('shop')).includes('CVE-2026-1002 pkg:npm/lodash open critical exploited'),
    String(await findings('shop')),
  );
  assert.ok((await history('CVE-2026-1002')).some(({ kind }) => kind === 'advisory-changed'));
});

test('what its publisher takes back is not affected; when it holds again the finding is open again', async () => {
  later(1);
  await publish(
    { curl: {} },
    [{ id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2026-1002'], severity: 'CRITICAL' }],
    ['CVE-2026-1002'],
  );
  assert.equal((await findings('shop'))[0], 'CVE-2026-1001 pkg:deb/debian/curl not-affected unknown');
  later(1);
  await publish({ curl: { 'CVE-2026-1001': open() } }, [
    { id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2026-1002'], severity: 'CRITICAL' },
  ]);
  assert.equal((await findings('shop'))[0], 'CVE-2026-1001 pkg:deb/debian/curl open unknown');
  const kinds = (await history('CVE-2026-1001')).map(({ kind }) => kind);
  assert.deepEqual(
    kinds.filter((kind) => kind !== 'due-changed'),
    ['opened', 'decided', 'reopened'],
  );
});

test('a scan by somebody who knows less leaves it open, and a new image without the package proves it fixed', async () => {
  later(1);
  await upload('shop:1', 'a1');
  assert.equal((await findings('shop'))[0], 'CVE-2026-1001 pkg:deb/debian/curl open unknown');
  later(1);
  await upload('shop:1', 'a2', { packages: [lodash] });
  assert.equal((await findings('shop'))[0], 'CVE-2026-1001 pkg:deb/debian/curl fixed unknown');
});

test('nothing to do costs nothing', async () => {
  const before = await query.selectFrom('finding_event').select('id').execute();
  await applyAdvisories({}, context, signal);
  assert.equal((await query.selectFrom('finding_event').select('id').execute()).length, before.length);
});
