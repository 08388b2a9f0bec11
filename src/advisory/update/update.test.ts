import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createHttpClient } from '#foundation/index.ts';
import { startServer } from '../../../test/kit/loopback-server.ts';
import { zipOf } from '../../../test/kit/zip.ts';
import { openDatabase } from '../database/database.ts';
import { lockForWriting } from '../database/writer-lock.ts';
import { databaseStatus } from './database-status.ts';
import { type UpdateOptions, type UpdateProgress, updateDatabase } from './update-database.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-update-'));
after(() => rmSync(root, { recursive: true }));

const osvZip = (ecosystem: string, id: string) =>
  zipOf([
    {
      name: `${id}.json`,
      content: JSON.stringify({
        id,
        modified: '2026-08-01T00:00:00Z',
        affected: [
          {
            package: { ecosystem, name: 'curl' },
            ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9-1' }] }],
          },
        ],
      }),
    },
  ]);
const tracker = (suite: string) =>
  JSON.stringify({ curl: { 'CVE-2026-1': { releases: { [suite]: { status: 'open', urgency: 'low' } } } } });
const secdb = (repository: string) =>
  JSON.stringify({ reponame: repository, packages: [{ pkg: { name: 'curl', secfixes: { '1-r0': ['CVE-2026-2'] } } }] });

const files: Record<string, string | Buffer> = {
  'debian/tracker.json.gz': gzipSync(tracker('bookworm')),
  'osv/Debian/all.zip': osvZip('Debian:10', 'DSA-1-1'),
  'osv/Alpine/all.zip': osvZip('Alpine:v3.22', 'ALPINE-CVE-2026-3'),
  'osv/Rocky Linux/all.zip': osvZip('Rocky Linux:9', 'RLSA-2026:1'),
  'alpine/secdb/v3.22/main.json': secdb('main'),
  'alpine/secdb/v3.22/community.json': secdb('community'),
  'wolfi/security.json': secdb('os'),
  'kev/known_exploited_vulnerabilities.json': JSON.stringify({
    dateReleased: '2026-08-01',
    vulnerabilities: [{ cveID: 'CVE-2026-1', dateAdded: '2026-07-01' }],
  }),
  'epss/epss_scores-2026-07-31.csv.gz': gzipSync('cve,epss,percentile\nCVE-2026-1001,0.1,0.2\n'),
  'epss/epss_scores-2026-08-01.csv.gz': gzipSync(
    '#score_date:2026-08-01\ncve,epss,percentile\nCVE-2026-1001,0.5,0.9\n',
  ),
};

function mirror(name: string, without: readonly string[] = []): string {
  const directory = join(root, name);
  for (const [path, content] of Object.entries(files)) {
    if (without.some((prefix) => path.startsWith(prefix))) continue;
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

async function update(
  options: UpdateOptions,
): Promise<{ states: Record<string, string>; unanswered: readonly string[] }> {
  const report = await updateDatabase(options);
  assert.ok(report.ok, JSON.stringify(report));
  const states = report.value.outcomes.map(({ feed, state }) => [`${feed.source}/${feed.id}`, state]);
  return { states: Object.fromEntries(states), unanswered: report.value.unanswered };
}

function idsIn(directory: string, ecosystem: string): string[] {
  const database = openDatabase(directory);
  assert.ok(database.ok);
  const ids = database.value.find(ecosystem, 'curl').map((match) => match.advisory.id);
  database.value.close();
  return ids;
}

test('fetches what is asked for and no more, from a mirror directory', async () => {
  const directory = join(root, 'db');
  const progress: UpdateProgress[] = [];
  const options = {
    directory,
    from: mirror('whole'),
    ecosystems: ['debian:12', 'alpine:3.22', 'slackware:15'],
    onProgress: (each: UpdateProgress) => progress.push(each),
  };
  assert.deepEqual(await update(options), {
    states: {
      'debian-tracker/debian': 'updated',
      'alpine-secdb/v3.22-main': 'updated',
      'alpine-secdb/v3.22-community': 'updated',
      'kev/kev': 'updated',
      'epss/epss': 'updated',
    },
    unanswered: ['slackware:15'],
  });
  assert.equal(progress.filter(({ step }) => step === 'done').length, 5);
  assert.deepEqual(idsIn(directory, 'debian:12'), ['CVE-2026-1']);
  assert.deepEqual(idsIn(directory, 'alpine:3.22'), ['CVE-2026-2', 'CVE-2026-2']);
  const database = openDatabase(directory);
  assert.equal(database.ok && database.value.enrich('CVE-2026-1001').epss?.probability, 0.5);
  assert.deepEqual(readdirSync(join(directory, 'staging')), []);
});

test('without a wish what is there is refreshed, and nothing is read that has not changed', async () => {
  const directory = join(root, 'db-refresh');
  const from = mirror('refreshed');
  await update({ directory, from, ecosystems: ['debian:12'] });
  const again = await update({ directory, from });
  assert.deepEqual(again.states, {
    'debian-tracker/debian': 'unchanged',
    'kev/kev': 'unchanged',
    'epss/epss': 'unchanged',
  });
  writeFileSync(join(from, 'debian/tracker.json.gz'), tracker('trixie'));
  utimesSync(join(from, 'debian/tracker.json.gz'), 1_780_000_000, 1_780_000_000);
  assert.equal((await update({ directory, from })).states['debian-tracker/debian'], 'updated');
  assert.deepEqual([idsIn(directory, 'debian:12'), idsIn(directory, 'debian:13')], [[], ['CVE-2026-1']]);
  const shards = readdirSync(directory).filter((name) => name.endsWith('.shard'));
  assert.equal(shards.length, 3);
  const path = join(directory, shards.find((name) => name.startsWith('debian')) ?? '');
  for (const spoil of [() => rmSync(path), () => writeFileSync(path, readFileSync(path).fill(0, 20, 21))]) {
    spoil();
    assert.equal((await update({ directory, from })).states['debian-tracker/debian'], 'updated');
    assert.deepEqual(idsIn(directory, 'debian:13'), ['CVE-2026-1']);
  }
});

test('asks the next source when the first does not have the release', async () => {
  const directory = join(root, 'db-fallback');
  const ofOldRelease = await update({ directory, from: mirror('fallback'), ecosystems: ['debian:10'] });
  assert.equal(ofOldRelease.states['osv/debian'], 'updated');
  assert.deepEqual([ofOldRelease.unanswered, idsIn(directory, 'debian:10')], [[], ['DSA-1-1']]);
  const half = mirror('half', ['alpine/secdb/v3.22/community']);
  const ofHalf = await update({ directory, from: half, ecosystems: ['alpine:3.22'] });
  assert.deepEqual(
    [ofHalf.states['alpine-secdb/v3.22-community'], ofHalf.states['osv/alpine'], ofHalf.unanswered],
    ['failed', 'updated', []],
  );
  assert.deepEqual(idsIn(directory, 'alpine:3.22'), ['ALPINE-CVE-2026-3']);
});

test('sources that are named are fetched, all of them and no others', async () => {
  const directory = join(root, 'db-sources');
  const from = mirror('sources');
  const both = await update({ directory, from, ecosystems: ['debian:12'], sources: ['osv', 'debian-tracker'] });
  assert.deepEqual(both.states, { 'debian-tracker/debian': 'updated', 'osv/debian': 'updated' });
});

test('restricted feeds need permission', async () => {
  const directory = join(root, 'db-restricted');
  const options = { directory, from: mirror('restricted'), ecosystems: ['wolfi'] };
  const without = await update(options);
  assert.deepEqual([without.states['alpine-secdb/wolfi'], without.unanswered], ['restricted', ['wolfi']]);
  const allowed = await update({ ...options, allowRestricted: true });
  assert.deepEqual([allowed.states['alpine-secdb/wolfi'], allowed.unanswered], ['updated', []]);
  const status = databaseStatus(directory);
  assert.ok(status.ok);
  assert.match(status.value.shards.find(({ feed }) => feed === 'wolfi')?.restricted ?? '', /licence/);
});

test('what fails leaves the old shard in place and the others go on', async () => {
  const directory = join(root, 'db-failure');
  const from = mirror('failing');
  await update({ directory, from, ecosystems: ['debian:12'] });
  for (const broken of ['<html>', '', 'x'.repeat(1000), gzipSync(tracker('bookworm')).subarray(0, 50)]) {
    writeFileSync(join(from, 'debian/tracker.json.gz'), broken);
    const report = await updateDatabase({ directory, from });
    assert.ok(report.ok);
    const [outcome] = report.value.outcomes.filter(({ feed }) => feed.source === 'debian-tracker');
    assert.equal(outcome?.state, 'failed');
    assert.match(outcome?.message ?? '', /tracker/);
    assert.deepEqual(idsIn(directory, 'debian:12'), ['CVE-2026-1']);
  }
  assert.equal(readdirSync(directory).filter((name) => name.endsWith('.shard')).length, 3);
});

test('a second writer is refused with words, a stopped one lets go', async () => {
  const directory = join(root, 'db-lock');
  const from = mirror('locked');
  const lock = lockForWriting(directory);
  assert.ok(lock.ok);
  const second = await updateDatabase({ directory, from });
  assert.match(second.ok ? '' : second.error, /another process/);
  lock.value.release();
  const stopped = { directory, from, ecosystems: ['debian:12'], signal: AbortSignal.abort() };
  await assert.rejects(updateDatabase(stopped), { name: 'AbortError' });
  assert.equal((await update({ directory, from })).states['kev/kev'], 'updated');
});

test('status tells age, size and origin', async () => {
  const directory = join(root, 'db-status');
  assert.deepEqual(databaseStatus(directory), { ok: true, value: { directory, shards: [], bytes: 0, stale: false } });
  await update({ directory, from: mirror('status'), ecosystems: ['debian:12'] });
  const now = new Date();
  const fresh = databaseStatus(directory, now);
  const later = databaseStatus(directory, new Date(now.getTime() + 8 * 24 * 3600 * 1000));
  assert.ok(fresh.ok && later.ok);
  assert.deepEqual([fresh.value.stale, later.value.stale], [false, true]);
  const shard = fresh.value.shards.find(({ source }) => source === 'debian-tracker');
  assert.deepEqual(shard?.ecosystems, ['debian:12']);
  assert.match(shard?.origin ?? '', /tracker\.json\.gz$/);
  assert.ok((shard?.bytes ?? 0) > 100 && fresh.value.bytes > (shard?.bytes ?? 0));
});

/** A mirror on a web server: entity tags, and what the test wants to go wrong. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const content = files[decodeURIComponent(request.url ?? '').replace('/mirror/', '')];
  if (content === undefined) return void response.writeHead(404).end();
  const etag = `"${Buffer.byteLength(content)}"`;
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  response.writeHead(200, { etag, 'last-modified': 'Sat, 01 Aug 2026 00:00:00 GMT' }).end(content);
}

test('fetches from a web mirror, and asks only for what has changed', async () => {
  await using server = await startServer(serve);
  const directory = join(root, 'db-web');
  const http = createHttpClient({ userAgent: 'test', retries: { retries: 0 } });
  const options = { directory, from: `${server.origin}/mirror`, ecosystems: ['debian:12', 'rocky:9'], http };
  const first = await update(options);
  assert.deepEqual(first.states, {
    'debian-tracker/debian': 'updated',
    'osv/rocky-linux': 'updated',
    'kev/kev': 'updated',
    'epss/epss': 'failed',
  });
  const second = await updateDatabase(options);
  http.close();
  assert.ok(second.ok);
  const states = second.value.outcomes.map(({ state, message }) => message ?? state);
  assert.deepEqual(states.slice(0, 3), ['unchanged', 'unchanged', 'unchanged']);
  assert.match(states[3] ?? '', /EPSS scores: .*404/);
  const status = databaseStatus(directory);
  assert.equal(status.ok && status.value.shards[0]?.asOf, '2026-08-01T00:00:00.000Z');
});

/** What each distribution publishes, cut down to one vulnerability of curl; Oracle's is packed by bzip2 1.0.8. */
const distributionFiles: Readonly<Record<string, string | Buffer>> = {
  'amazon/al2023/updateinfo.xml.gz': gzipSync(updateInfo('ALAS2023-2026-1', 'amzn2023')),
  'fedora/42/updateinfo.xml.gz': gzipSync(updateInfo('FEDORA-2026-1', 'fc42')),
  'bottlerocket/updateinfo.xml': updateInfo('BRSA-1', 'br1'),
  'oracle/com.oracle.elsa-ol9.xml.bz2': Buffer.from(
    'QlpoOTFBWSZTWXUskCkAADOfgFBj8TcuBYmAr2ffYDABIwBKmghGhgnqaPU8kNGRoBjTQaAGTQGRpoYmjBKIJpPCaamaU2o0AAYmPj72cwr0Wk1nWYnQ0sgh393JHOAot7wqSmVT/S+FqpAVwiSKp2NBBo1r+XmaEOgp+C1KI2RiULppP1uzBjmtetgtNbnLXk5XjMqxSV8sihMjM3lzxNLkYXiD/Psjfb65S8DrHmuOvM9WFMlGXnmQIYQF/hxl0UVSK1ogonRn2TttYLijzYx4glH6SM61mIzd5ARpQaFxHDA4qpJM3EXvp1sXu0eKD9RGArBZIoGUtNU1jJkZwk3dWdtiZFyGQKPSsCpxroGlpYE+EiFhTgOHDGYBgiiY4sHZ7tKVM5tSZyLTbG4v+LuSKcKEg6lkgUg=',
    'base64',
  ),
  'azure-linux/azurelinux-3.0-oval.xml':
    '<oval_definitions><definitions><definition id="d"><metadata><reference source="CVE" ref_id="CVE-2026-0001" ref_url="https://x.example/"/>' +
    '<patchable>true</patchable></metadata><criteria operator="AND"><criterion test_ref="t"/></criteria></definition></definitions><tests>' +
    '<rpminfo_test id="t"><object object_ref="o"/><state state_ref="s"/></rpminfo_test></tests><rpminfo_object id="o"><name>curl</name></rpminfo_object>' +
    '<rpminfo_state id="s"><evr operation="less than">0:9-1.azl3</evr></rpminfo_state></oval_definitions>',
  'arch/all.json': JSON.stringify([
    { name: 'AVG-1', packages: ['curl'], fixed: '9-1', status: 'Fixed', issues: ['CVE-2026-0001'] },
  ]),
  'photon/cve_data_photon5.0.json': JSON.stringify([
    { cve_id: 'CVE-2026-0001', pkg: 'curl', aff_ver: '', res_ver: '9-1.ph5' },
  ]),
};

function updateInfo(id: string, dist: string): string {
  return (
    `<updates><update type="security"><id>${id}</id><references><reference type="cve" id="CVE-2026-0001" title="CVE-2026-0001 curl"/>` +
    `</references><pkglist><collection><package name="curl" version="9" release="1.${dist}" epoch="0" arch="x86_64"/></collection></pkglist>` +
    '</update></updates>'
  );
}

test('brings what each distribution publishes from a mirror', async () => {
  const from = join(root, 'distributions');
  for (const [path, content] of Object.entries(distributionFiles)) {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), content);
  }
  const directory = join(root, 'distributions-database');
  const ecosystems = ['amzn:2023', 'fedora:42', 'bottlerocket', 'ol:9', 'azurelinux:3', 'arch', 'photon:5.0'];
  const { unanswered } = await update({ directory, from, ecosystems });
  assert.deepEqual(unanswered, []);
  for (const ecosystem of ecosystems) {
    const database = openDatabase(directory);
    assert.ok(database.ok);
    const [match] = database.value.find(ecosystem, 'curl');
    const names = match && [match.advisory.id, ...match.advisory.bundles];
    assert.ok(names?.includes('CVE-2026-0001') && match?.affected.ranges[0]?.fixed?.includes('9-1'), ecosystem);
    assert.equal(database.value.coverage(ecosystem).length, 1, ecosystem);
    database.value.close();
  }
});
