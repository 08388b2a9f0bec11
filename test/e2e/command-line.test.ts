import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ScanReport } from '#scan/index.ts';
import { isVulnerability } from '#vulnerability/index.ts';
import { sampleDebianArchive, writeSampleFeeds } from '../kit/sample-debian.ts';

// The program as users run it: the bundle, its exit codes, its files, its words.
const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/plimsoll.js');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-'));
const environment = {
  PATH: process.env['PATH'] ?? '',
  HOME: work,
  PLIMSOLL_CACHE_DIR: join(work, 'cache'),
  PLIMSOLL_DB_DIR: join(work, 'db'),
};

before(() => {
  const built = spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--if-stale']);
  assert.equal(built.status, 0, built.stderr.toString());
  writeSampleFeeds(join(work, 'feeds'));
  writeFileSync(join(work, 'image.tar'), sampleDebianArchive());
});
after(() => rmSync(work, { recursive: true, force: true }));

const withFeeds = ['--feed-mirror', join(work, 'feeds'), '--use-package-mirror', 'never'];

test('a scan tells what is wrong, since which layer, and how it is mended', () => {
  const done = plimsoll('scan', 'image.tar', ...withFeeds, '--format', 'json');
  assert.equal(done.code, 0, done.stderr);
  const report = JSON.parse(done.stdout) as ScanReport;
  assert.equal(report.assessment, 'complete');
  assert.deepEqual(
    report.findings
      .filter(isVulnerability)
      .map(({ id, package: pkg, state, fixedVersion, severity }) => [id, pkg.name, state, fixedVersion, severity]),
    [
      ['CVE-2025-10001', 'libkeel1', 'fixed', '1.2-3+deb12u1', 'high'],
      ['CVE-2025-10002', 'rudder', 'will-not-fix', undefined, 'low'],
    ],
  );
  assert.deepEqual(
    report.packages.map(({ name, origin }) => [name, origin.layer?.index, origin.layer?.instruction]),
    [
      ['libkeel1', 0, 'ADD rootfs'],
      ['rudder', 1, 'RUN install rudder'],
    ],
  );
});

test('the same report as table, on a terminal of 80 columns or a pipe, says what to do', () => {
  const { stdout } = plimsoll('scan', 'image.tar', ...withFeeds);
  assert.match(stdout, /Upgrade one source package and 1 vulnerability is gone: 1 high/);
  assert.match(stdout, /apt-get install --only-upgrade libkeel1/);
  assert.ok(!stdout.includes('\u001b'), 'no colour on a pipe');
});

test('the gate decides the exit code, the view does not', () => {
  const rows: readonly [readonly string[], number][] = [
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'critical'], 0],
    [['--fail-on', 'low', '--only-fixed'], 1],
    [['--fail-on', 'high', '--severity', 'low'], 1],
    [['--fail-on', 'any'], 1],
    [['--fail-on', 'severe'], 2],
    [['--format', 'xml'], 2],
    [['--format', 'json', '--format', 'spdx'], 2],
    [['--no-such-option'], 2],
  ];
  for (const [flags, code] of rows) {
    assert.equal(plimsoll('scan', 'image.tar', ...withFeeds, '--offline', ...flags).code, code, flags.join(' '));
  }
});

test('every format at once, whole files only', () => {
  const directory = join(work, 'reports');
  assert.equal(plimsoll('scan', 'image.tar', ...withFeeds, '--report-dir', directory).code, 0);
  const files = readdirSync(directory).sort();
  assert.deepEqual(files, [
    'report.cdx.json',
    'report.cdx.xml',
    'report.codequality.json',
    'report.containerscanning.json',
    'report.github.txt',
    'report.html',
    'report.json',
    'report.junit.xml',
    'report.md',
    'report.openvex.json',
    'report.sarif.json',
    'report.sast.json',
    'report.spdx',
    'report.spdx.json',
    'report.spdx.jsonld',
  ]);
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    assert.doesNotThrow(() => JSON.parse(readFileSync(join(directory, file), 'utf8')), file);
  }
});

test('what could not be read or judged ends with 3 and says why', () => {
  const damaged = sampleDebianArchive();
  damaged.set(Buffer.from('not a header'), damaged.indexOf('var/lib/dpkg/status') + 140);
  writeFileSync(join(work, 'damaged.tar'), damaged);
  const rows: readonly [string, RegExp][] = [
    ['damaged.tar', /digest/i],
    ['missing.tar', /missing\.tar/],
    ['rootfs:/nonexistent', /nonexistent/],
  ];
  for (const [target, words] of rows) {
    const done = plimsoll('scan', target, ...withFeeds);
    assert.equal(done.code, 3, target);
    assert.match(done.stdout + done.stderr, words, target);
  }
});

test('without data for its release nothing is called clean', () => {
  const done = plimsoll(
    'scan',
    'image.tar',
    '--offline',
    '--db-dir',
    join(work, 'empty'),
    '--use-package-mirror',
    'never',
  );
  assert.equal(done.code, 3);
  assert.match(done.stdout, /Not assessed/);
  assert.match(done.stdout, /plimsoll db update debian:12/);
});

test('advisory data is carried to another machine', () => {
  plimsoll('scan', 'image.tar', ...withFeeds);
  assert.equal(plimsoll('db', 'export', 'data.zip').code, 0);
  assert.equal(plimsoll('db', 'import', 'data.zip', '--db-dir', join(work, 'other')).code, 0);
  const scan = ['scan', 'image.tar', '--offline', '--use-package-mirror', 'never', '--format', 'json'];
  const there = JSON.parse(plimsoll(...scan, '--db-dir', join(work, 'other')).stdout) as ScanReport;
  assert.equal(there.findings.filter(isVulnerability).length, 2);
  assert.match(plimsoll('db', 'status').stdout, /Debian security tracker/);
});

test('an SBOM says what is aboard and nothing about vulnerabilities', () => {
  const done = plimsoll('sbom', 'image.tar');
  assert.equal(done.code, 0, done.stderr);
  const bom = JSON.parse(done.stdout);
  assert.equal(bom.bomFormat, 'CycloneDX');
  assert.ok(!('vulnerabilities' in bom));
});

test('an SBOM is scanned in place of its image, converted and compared', () => {
  assert.equal(plimsoll('sbom', 'image.tar', '--format', 'spdx-tag-value=image.spdx').code, 0);
  const direct = JSON.parse(plimsoll('scan', 'image.tar', ...withFeeds, '--format', 'json').stdout) as ScanReport;
  const done = plimsoll('scan', 'image.spdx', ...withFeeds, '--format', 'json');
  assert.equal(done.code, 0, done.stderr);
  const bySbom = JSON.parse(done.stdout) as ScanReport;
  assert.deepEqual(bySbom.findings, direct.findings.filter(isVulnerability));
  assert.deepEqual([bySbom.artifact.scheme, bySbom.artifact.document?.path], ['sbom', 'image.spdx']);
  assert.equal(plimsoll('sbom', 'convert', 'image.spdx', '--format', 'spdx3', '-o', 'image.jsonld').code, 0);
  const same = plimsoll('sbom', 'diff', 'image.jsonld', 'image.tar', '--fail-on-change');
  assert.deepEqual([same.code, /No difference in 2 packages/.test(same.stdout)], [0, true]);
  writeFileSync(join(work, 'shop.cdx.json'), '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[]}');
  assert.equal(plimsoll('sbom', 'diff', 'image.tar', 'shop.cdx.json', '--fail-on-change').code, 1);
  assert.equal(plimsoll('sbom', 'diff', 'image.tar', 'shop.cdx.json', '--format', 'yaml').code, 2);
  assert.equal(plimsoll('sbom', 'convert', 'image.tar').code, 3);
});

test('several processes scan with one cache and one database at once', async () => {
  const codes = await Promise.all(
    Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, [program, 'scan', 'image.tar', ...withFeeds, '-q'], {
        cwd: work,
        env: environment,
        stdio: 'ignore',
      });
      return new Promise((resolve) => child.on('close', resolve));
    }),
  );
  assert.deepEqual(codes, [0, 0, 0, 0]);
});

test('a reader that leaves early is no failure', () => {
  const piped = spawnSync('sh', ['-c', '"$0" "$1" scan image.tar --offline | head -n 1', process.execPath, program], {
    cwd: work,
    env: environment,
  });
  assert.equal(piped.stderr.toString(), '');
});

test('start-up needs no home, no network and no configuration', () => {
  const done = spawnSync(process.execPath, [program, '--version'], { env: {}, cwd: '/' });
  assert.match(done.stdout.toString(), /^\d+\.\d+\.\d+/);
  assert.equal(done.status, 0);
  assert.equal(plimsoll().code, 0);
  assert.equal(plimsoll('scna').code, 2);
});

function plimsoll(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const done = spawnSync(process.execPath, [program, ...args], { cwd: work, env: environment, maxBuffer: 1 << 26 });
  return { code: done.status, stdout: done.stdout.toString(), stderr: done.stderr.toString() };
}
