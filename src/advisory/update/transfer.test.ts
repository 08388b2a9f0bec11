import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ZipMember, zipOf } from '../../../test/kit/zip.ts';
import { openDatabase } from '../database/database.ts';
import { parseManifest, readManifest, renderManifest, type ShardEntry, writeManifest } from '../database/manifest.ts';
import { exportDatabase, importDatabase } from './transfer.ts';
import { updateDatabase } from './update-database.ts';

const root = mkdtempSync(join(tmpdir(), 'plimsoll-transfer-'));
const from = join(root, 'mirror');
const database = join(root, 'db');
const file = join(root, 'export.zip');
after(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  mkdirSync(join(from, path, '..'), { recursive: true });
  writeFileSync(join(from, path), JSON.stringify(content));
}

before(async () => {
  const releases = { bookworm: { status: 'open' } };
  write('debian/tracker.json', { curl: { 'CVE-2026-1': { releases } }, bash: { 'CVE-2026-2': { releases } } });
  write('wolfi/security.json', { packages: [] });
  write('kev/known_exploited_vulnerabilities.json', {
    vulnerabilities: [{ cveID: 'CVE-2026-1', dateAdded: '2026-07-01' }],
  });
  const ecosystems = ['debian:12', 'wolfi'];
  const report = await updateDatabase({ directory: database, from, ecosystems, allowRestricted: true });
  assert.ok(report.ok);
});

function members(): ZipMember[] {
  const manifest = readManifest(database);
  assert.ok(manifest.ok);
  const free = manifest.value.filter(({ feed }) => feed !== 'wolfi');
  return [
    { name: 'manifest.json', content: renderManifest(free), stored: true },
    ...free.map(({ file: name }) => ({ name, content: readFileSync(join(database, name)), stored: true })),
  ];
}

test('what is exported is imported elsewhere, restricted feeds left out unless allowed', () => {
  const exported = exportDatabase(database, file);
  assert.ok(exported.ok);
  assert.deepEqual(exported.value.feeds, ['Debian security tracker', 'CISA Known Exploited Vulnerabilities']);
  assert.match(exported.value.leftOut.join(), /^Wolfi security database: .*licence/);
  const elsewhere = join(root, 'elsewhere');
  const imported = importDatabase(file, elsewhere);
  assert.deepEqual(imported.ok && imported.value.feeds, exported.value.feeds);
  const opened = openDatabase(elsewhere);
  assert.ok(opened.ok);
  assert.deepEqual(
    opened.value.find('debian:12', 'curl').map((match) => match.advisory.id),
    ['CVE-2026-1'],
  );
  assert.equal(opened.value.enrich('CVE-2026-1').kev?.dateAdded, '2026-07-01');
  opened.value.close();
  assert.ok(exportDatabase(database, file, { allowRestricted: true }).ok);
  const careful = importDatabase(file, elsewhere);
  assert.match(careful.ok ? careful.value.leftOut.join() : '', /Wolfi/);
  const allowed = importDatabase(file, elsewhere, { allowRestricted: true });
  assert.equal(allowed.ok && allowed.value.feeds.length, 3);
  assert.deepEqual(readdirSync(join(elsewhere, 'staging')), []);
});

test('newer shards that are here stay, and so do feeds that the file does not hold', () => {
  const directory = join(root, 'newer');
  assert.ok(exportDatabase(database, file).ok);
  assert.ok(importDatabase(file, directory).ok);
  const manifest = readManifest(directory);
  assert.ok(manifest.ok);
  const future = new Date(Date.now() + 3_600_000).toISOString();
  writeManifest(
    directory,
    manifest.value.map((entry) => (entry.source === 'kev' ? { ...entry, fetchedAt: future } : entry)),
  );
  const imported = importDatabase(file, directory);
  assert.ok(imported.ok);
  assert.deepEqual(imported.value.leftOut, ['CISA Known Exploited Vulnerabilities: what is here was fetched later']);
});

/** Changes the manifest's first entry, keeping the manifest's own checksum right: a forger can do that. */
function forged(change: Partial<ShardEntry>, shardName?: string): ZipMember[] {
  const [manifest, ...shards] = members();
  const parsed = parseManifest(String(manifest?.content));
  assert.ok(parsed.ok);
  const [first, ...others] = parsed.value;
  assert.ok(first);
  const content = renderManifest([{ ...first, ...change }, ...others]);
  return [
    { name: 'manifest.json', content, stored: true },
    ...shards.map((shard) => (shard.name === first.file && shardName ? { ...shard, name: shardName } : shard)),
  ];
}

function twice(): ZipMember[] {
  const [manifest, ...shards] = members();
  const parsed = parseManifest(String(manifest?.content));
  const [first] = parsed.ok ? parsed.value : [];
  assert.ok(parsed.ok && first);
  const sha256 = 'f'.repeat(64);
  const second = { ...first, sha256, file: `${first.source}.${first.feed}.${sha256.slice(0, 16)}.shard` };
  const content = renderManifest([...parsed.value, second]);
  return [
    { name: 'manifest.json', content, stored: true },
    ...shards,
    { name: second.file, content: '', stored: true },
  ];
}

function corrupted(at: number): ZipMember[] {
  return members().map((member) => {
    if (!member.name.startsWith('debian')) return member;
    const content = Buffer.from(member.content);
    content[at] = (content[at] ?? 0) ^ 1;
    return { ...member, content };
  });
}

test('hostile files are refused whole', () => {
  const outside = '../../escape.shard';
  const cases: readonly [string, Buffer, RegExp][] = [
    ['no archive', Buffer.from('hello'), /not an exported database/],
    ['no manifest', zipOf(members().slice(1)), /no manifest/],
    ['a shard missing', zipOf(members().slice(0, -1)), /other files than|missing/],
    ['one file more', zipOf([...members(), { name: 'extra', content: '', stored: true }]), /other files/],
    ['one file twice', zipOf([...members(), ...members().slice(-1)]), /two files of one name/],
    ['a manifest cut short', zipOf([{ name: 'manifest.json', content: '{"format":1', stored: true }]), /damaged/],
    ['a compressed manifest', zipOf([{ name: 'manifest.json', content: ' '.repeat(1000) }]), /compressed/],
    ['one feed twice', zipOf(twice()), /two shards of one feed/],
    ['a newer manifest', zipOf([{ name: 'manifest.json', content: '{"format":9}', stored: true }]), /newer version/],
    ['a name that leads out', zipOf(forged({ file: outside }, outside)), /damaged/],
    ['a name of another file', zipOf(forged({ file: 'x.shard' }, 'x.shard')), /wrong name/],
    ['a source that nobody knows', zipOf(forged({ source: 'magic' })), /does not know/],
    ['a date in the future', zipOf(forged({ fetchedAt: '2090-01-01T00:00:00Z' })), /future/],
    [
      'claims of other ecosystems',
      zipOf(forged({ ecosystems: ['rhel:9'] })),
      /not the shard that the manifest describes/,
    ],
    ['claims of other counts', zipOf(forged({ advisories: 7 })), /not the shard that the manifest describes/],
    ['a changed shard', zipOf(corrupted(20)), /does not match its digest/],
  ];
  for (const [name, bytes, words] of cases) {
    const directory = join(root, 'hostile');
    const path = join(root, 'hostile.zip');
    writeFileSync(path, bytes);
    const outcome = importDatabase(path, directory);
    assert.match(outcome.ok ? 'accepted' : outcome.error, words, name);
    const manifest = readManifest(directory);
    assert.deepEqual(manifest.ok && manifest.value, [], name);
    rmSync(directory, { recursive: true, force: true });
  }
});

test('says so when there is nothing to export or nowhere to write', () => {
  assert.match(JSON.stringify(exportDatabase(join(root, 'nothing'), file)), /nothing to export/);
  assert.match(JSON.stringify(exportDatabase(database, join(root, 'no', 'such', 'folder.zip'))), /cannot export/);
  assert.match(JSON.stringify(importDatabase(join(root, 'absent.zip'), database)), /cannot read/);
});
