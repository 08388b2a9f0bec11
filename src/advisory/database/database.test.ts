import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Advisory, AffectedPackage } from '../advisory.ts';
import type { AdvisorySource, Feed, FeedRecord } from '../advisory-source.ts';
import { documentOf } from '../documents/document.ts';
import { buildShard } from '../update/build-shard.ts';
import { openDatabase } from './database.ts';
import { parseManifest, renderManifest, type ShardEntry, writeManifest } from './manifest.ts';
import { AdvisoryDatabaseError } from './shard-reader.ts';
import { verifyShard } from './verify-shard.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-database-'));
after(() => rmSync(root, { recursive: true }));

const DAY = '2026-08-01T00:00:00.000Z';

/** A source whose documents are nothing and whose records are given. */
async function build(directory: string, sourceId: string, feedId: string, records: readonly FeedRecord[]) {
  const kind = ['epss', 'kev', 'vulnrichment'].includes(sourceId) ? 'enrichment' : 'advisories';
  const feed: Feed = {
    id: feedId,
    source: sourceId,
    title: feedId,
    license: 'CC0-1.0',
    attribution: 'nobody',
    limits: [],
    ecosystems: [],
    url: 'https://example.org',
    mirrorPaths: [],
    maxBytes: 1,
  };
  async function* parse() {
    yield records;
  }
  const source = { id: sourceId, kind, parse } as unknown as AdvisorySource;
  mkdirSync(join(directory, 'staging'), { recursive: true });
  const options = { directory, staging: join(directory, 'staging'), fetchedAt: DAY };
  const built = await buildShard(source, feed, documentOf('test', ''), options);
  assert.ok(built.ok);
  const { title, license, attribution, limits } = feed;
  const about = { title, license, attribution, limits, kind, fetchedAt: DAY, origin: 'test', builder: 1 } as const;
  return { ...built.value, ...about } satisfies ShardEntry;
}

function advisory(id: string, affected: readonly Partial<AffectedPackage>[], more: Partial<Advisory> = {}): FeedRecord {
  const whole = affected.map((each) => ({
    ecosystem: 'debian:12',
    name: 'curl',
    subject: 'source' as const,
    scheme: 'deb',
    status: 'fixed' as const,
    ranges: [{ fixed: '1.0' }],
    versions: [],
    ...each,
  }));
  const head = { id, source: 'osv', aliases: [], bundles: [], scores: [], references: [] };
  return { kind: 'advisory', advisory: { ...head, ...more, affected: whole } };
}

function folder(name: string): string {
  const directory = join(root, name);
  mkdirSync(directory);
  return directory;
}

test('gives back what was put in, field by field', async () => {
  const directory = folder('fields');
  const rich = advisory(
    'CVE-2026-1',
    [
      {
        ecosystem: 'golang',
        name: 'example.org/m',
        commits: [{ introduced: '0' }, { fixed: 'a'.repeat(40) }, { limit: 'b'.repeat(40) }],
        parts: [
          { path: 'example.org/m/inner', symbols: ['F', 'T.M'], systems: ['windows'] },
          { path: 'example.org/m', symbols: [] },
          { path: 'example.org/moon', symbols: ['ü'], architectures: ['arm64'] },
        ],
      },
      { name: 'libX11', module: 'nodejs:18', architectures: ['x86_64'], note: 'unimportant ü', versions: ['1', '2~ü'] },
      { status: 'will-not-fix', ranges: [{ introduced: '1', fixed: '2' }, { lastAffected: '3' }, { limit: '4' }, {}] },
      { ecosystem: 'npm', name: '@scope/größe', subject: 'package', scheme: 'npm', ranges: [] },
    ],
    {
      aliases: ['GHSA-1'],
      bundles: ['CVE-2026-2'],
      summary: 'Ümlaute, "quotes" and \u2028',
      severity: 'high',
      scores: [
        { type: 'CVSS_V3', value: 'CVSS:3.1/AV:N' },
        { type: 'publisher', value: 'Ubuntu: low' },
      ],
      published: '2026-01-01',
      modified: '2026-01-02',
      references: ['https://example.org/'],
    },
  );
  writeManifest(directory, [await build(directory, 'osv', 'debian', [rich, advisory('CVE-2026-9', [{}])])]);
  const database = openDatabase(directory);
  assert.ok(database.ok && rich.kind === 'advisory');
  const { affected, ...head } = rich.advisory;
  for (const statement of affected) {
    const matches = database.value.find(statement.ecosystem, statement.name);
    assert.deepEqual({ ...matches[0]?.affected }, statement);
    assert.deepEqual(matches[0]?.advisory, head);
  }
  assert.deepEqual(
    database.value.find('debian:12', 'curl').map((match) => match.advisory.id),
    ['CVE-2026-1', 'CVE-2026-9'],
  );
  for (const name of ['cur', 'curl2', '', 'zzz', 'curl\0[', 'a\ncurl', '\u{1f600}']) {
    assert.deepEqual(database.value.find('debian:12', name), [], JSON.stringify(name));
  }
  assert.deepEqual(database.value.find('debian:13', 'curl'), []);
  database.value.close();
});

test('finds every one of many packages, over many blocks and runs', async () => {
  const directory = folder('many');
  const names = Array.from({ length: 5000 }, (_, index) => `package-${(index * 7919) % 5000}${'x'.repeat(index % 40)}`);
  const records = names.map((name, index) =>
    advisory(`CVE-2026-${index}`, [{ name }, { name: 'linux', ranges: [{ fixed: `${index}` }] }]),
  );
  writeManifest(directory, [await build(directory, 'osv', 'debian', records)]);
  const database = openDatabase(directory);
  assert.ok(database.ok);
  for (const [index, name] of names.entries()) {
    const matches = database.value.find('debian:12', name);
    assert.ok(
      matches.some((match) => match.advisory.id === `CVE-2026-${index}`),
      name,
    );
  }
  assert.equal(database.value.find('debian:12', 'linux').length, 5000);
  database.value.close();
});

test('enriches by exact id from every source that knows it', async () => {
  const directory = folder('enrichment');
  const epss = { epss: { probability: 0.5, percentile: 0.9, date: '2026-08-16' } };
  const kev = { kev: { dateAdded: '2026-01-01', dueDate: '2026-02-01', ransomware: true } };
  const cisa = {
    ssvc: { exploitation: 'poc', automatable: true, technicalImpact: 'total', date: '2026-03-01' },
    cvss: [{ type: 'CVSS_V3', value: 'CVSS:3.1/AV:N' }],
  } as const;
  const record = (enrichment: object): FeedRecord => ({ kind: 'enrichment', id: 'CVE-2026-1', enrichment });
  writeManifest(directory, [
    await build(directory, 'epss', 'epss', [record(epss), { kind: 'as-of', date: '2026-08-16' }]),
    await build(directory, 'kev', 'kev', [record(kev)]),
    await build(directory, 'vulnrichment', 'vulnrichment', [
      record(cisa),
      { kind: 'enrichment', id: 'CVE-2026-2', enrichment: { cvss: cisa.cvss } },
      { kind: 'enrichment', id: 'CVE-2026-3', enrichment: { ssvc: { automatable: false } } },
    ]),
  ]);
  const database = openDatabase(directory);
  assert.ok(database.ok);
  assert.deepEqual(database.value.enrich('CVE-2026-1'), { ...epss, ...kev, ...cisa });
  assert.deepEqual(database.value.enrich('CVE-2026-2'), { cvss: cisa.cvss });
  assert.deepEqual(database.value.enrich('CVE-2026-3'), { ssvc: { automatable: false } });
  assert.deepEqual(database.value.enrich('CVE-2026-10'), {});
  assert.deepEqual(
    database.value.sources.map(({ source, asOf }) => [source, asOf]),
    [
      ['epss', '2026-08-16'],
      ['kev', DAY],
      ['vulnrichment', DAY],
    ],
  );
  database.value.close();
});

test('a distribution’s tracker outvotes the export made from it; half a source covers nothing', async () => {
  const directory = folder('speakers');
  const osv = await build(directory, 'osv', 'debian', [
    advisory('DSA-1', [{}]),
    advisory('DSA-2', [{ ecosystem: 'debian:9' }]),
  ]);
  const tracker = await build(directory, 'debian-tracker', 'debian', [advisory('CVE-2026-1', [{}])]);
  const main = await build(directory, 'alpine-secdb', 'v3.22-main', [
    advisory('CVE-2026-2', [{ ecosystem: 'alpine:3.22' }]),
  ]);
  writeManifest(directory, [osv, tracker, main]);
  const database = openDatabase(directory);
  assert.ok(database.ok);
  const ask = (ecosystem: string) => ({
    ids: database.value.find(ecosystem, 'curl').map((match) => match.advisory.id),
    sources: database.value.coverage(ecosystem).map((state) => state.source),
  });
  assert.deepEqual(ask('debian:12'), { ids: ['CVE-2026-1'], sources: ['debian-tracker'] });
  assert.deepEqual(ask('debian:9'), { ids: ['DSA-2'], sources: ['osv'] });
  assert.deepEqual(ask('alpine:3.22'), { ids: ['CVE-2026-2'], sources: [] });
  assert.deepEqual(ask('rhel:9'), { ids: [], sources: [] });
  database.value.close();
});

/** Everything that can be asked of it, as one text; or the error. */
function askAll(directory: string): string {
  const database = openDatabase(directory);
  if (!database.ok) return 'refused';
  try {
    return JSON.stringify([...'abcdefgh'].map((name) => database.value.find('debian:12', name)));
  } catch (cause) {
    assert.ok(cause instanceof AdvisoryDatabaseError, String(cause));
    return 'refused';
  } finally {
    database.value.close();
  }
}

test('a flipped bit or a cut is an error or changes nothing; never another answer', async () => {
  const directory = folder('damage');
  const records = [...'abcdefgh'].map((name) => advisory(`CVE-2026-${name}`, [{ name }], { summary: name.repeat(50) }));
  const entry = await build(directory, 'osv', 'debian', records);
  writeManifest(directory, [entry]);
  const truth = askAll(directory);
  assert.match(truth, /CVE-2026-h/);
  for (const file of [entry.file, 'manifest.json']) {
    const path = join(directory, file);
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0x04;
      writeFileSync(path, flipped);
      const answer = askAll(directory);
      assert.ok(answer === 'refused' || answer === truth, `${file} flipped at ${at}`);
    }
    for (let length = 0; length < whole.length; length += 13) {
      writeFileSync(path, whole.subarray(0, length));
      assert.equal(askAll(directory), 'refused', `${file} cut at ${length}`);
    }
    writeFileSync(path, whole);
  }
  // A manifest from elsewhere may state the length of the stump.
  for (const length of [0, 15, 16, 40, 79]) {
    const stump = join(directory, 'stump');
    writeFileSync(stump, readFileSync(join(directory, entry.file)).subarray(0, length));
    assert.equal(verifyShard(stump, { ...entry, bytes: length }).ok, false, `stump of ${length} bytes`);
  }
  assert.equal(askAll(directory), truth);
  assert.deepEqual(verifyShard(join(directory, entry.file), entry), { ok: true, value: undefined });
});

test('refuses a newer format with words, and treats an absent database as empty', async () => {
  const directory = folder('format');
  const absent = openDatabase(join(directory, 'nowhere'));
  assert.ok(absent.ok && absent.value.sources.length === 0 && absent.value.find('npm', 'a').length === 0);
  writeFileSync(join(directory, 'manifest.json'), '{"format":2,"shards":{}}');
  const newer = openDatabase(directory);
  assert.match(newer.ok ? '' : newer.error, /newer version.*update the program/);
  const entry = await build(directory, 'osv', 'debian', [advisory('CVE-2026-1', [{}])]);
  const path = join(directory, entry.file);
  const bytes = readFileSync(path);
  bytes.writeUInt32LE(2, 8);
  writeFileSync(path, bytes);
  writeManifest(directory, [entry]);
  const database = openDatabase(directory);
  assert.ok(database.ok);
  assert.throws(() => database.value.find('debian:12', 'curl'), {
    name: 'AdvisoryDatabaseError',
    message: /newer version/,
  });
});

test('a manifest that names other files or odd words is refused', async () => {
  const directory = folder('manifest');
  const entry = await build(directory, 'osv', 'debian', [advisory('CVE-2026-1', [{}])]);
  const again = parseManifest(renderManifest([entry]));
  assert.deepEqual(again, { ok: true, value: [entry] });
  for (const wrong of [
    { file: '../../etc/passwd' },
    { file: 'a/b.shard' },
    { sha256: 'x' },
    { bytes: -1 },
    { asOf: 'then' },
  ]) {
    assert.equal(parseManifest(renderManifest([{ ...entry, ...wrong }])).ok, false, JSON.stringify(wrong));
  }
  const escaped = parseManifest(renderManifest([{ ...entry, title: 'a\u001b[2Jb' }]));
  assert.equal(escaped.ok && escaped.value[0]?.title, 'a [2Jb');
});

test('a reader goes on while shards are replaced', async () => {
  const directory = folder('replaced');
  const first = await build(directory, 'osv', 'debian', [advisory('CVE-2026-1', [{}])]);
  writeManifest(directory, [first]);
  const early = openDatabase(directory);
  const late = openDatabase(directory);
  assert.ok(early.ok && late.ok);
  const idsOf = (database: typeof early.value) => database.find('debian:12', 'curl').map((match) => match.advisory.id);
  assert.deepEqual(idsOf(early.value), ['CVE-2026-1']);
  writeManifest(directory, [await build(directory, 'osv', 'debian', [advisory('CVE-2026-2', [{}])])]);
  rmSync(join(directory, first.file));
  assert.deepEqual(idsOf(early.value), ['CVE-2026-1']);
  assert.deepEqual(idsOf(late.value), ['CVE-2026-2']);
  early.value.close();
  late.value.close();
  assert.deepEqual(readdirSync(join(directory, 'staging')), []);
});
