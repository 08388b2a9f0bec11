import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { sampleDebianArchive, writeSampleFeeds } from '../kit/sample-debian.ts';
import { zipOf } from '../kit/zip.ts';

// `plimsoll fix` as users run it, on files that need no other program.
const root = join(import.meta.dirname, '../..');
const work = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-fix-'));
const pins = 'keelson==1.0.0 # why\nmast==1.0.0\n';

before(() => {
  const built = spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--if-stale']);
  assert.equal(built.status, 0, built.stderr.toString());
  writeSampleFeeds(join(work, 'feeds'));
  writeFileSync(join(work, 'image.tar'), sampleDebianArchive());
  const record = (name: string, fixed: string) => ({
    name: `GHSA-${name}.json`,
    content: JSON.stringify({
      id: `GHSA-${name}`,
      modified: '2026-01-01T00:00:00Z',
      affected: [
        {
          package: { ecosystem: 'PyPI', name },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
        },
      ],
    }),
  });
  mkdirSync(join(work, 'feeds/osv/PyPI'), { recursive: true });
  writeFileSync(join(work, 'feeds/osv/PyPI/all.zip'), zipOf([record('keelson', '1.0.1'), record('mast', '2.0.0')]));
});
after(() => rmSync(work, { recursive: true, force: true }));
beforeEach(() => {
  mkdirSync(join(work, 'shop'), { recursive: true });
  writeFileSync(join(work, 'shop/requirements.txt'), pins);
  writeFileSync(join(work, 'Dockerfile'), 'FROM debian:12\nRUN apt-get install -y libkeel1=1.2-3\n');
});

function fix(...parameters: readonly string[]) {
  const argv = [
    join(root, 'dist/plimsoll.js'),
    'fix',
    ...parameters,
    '--feed-mirror',
    'feeds',
    '--use-package-mirror',
    'never',
  ];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: work,
    PLIMSOLL_CACHE_DIR: join(work, 'cache'),
    PLIMSOLL_DB_DIR: join(work, 'db'),
  };
  const done = spawnSync(process.execPath, argv, { cwd: work, env, encoding: 'utf8', input: '' });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

const read = (path: string) => readFileSync(join(work, path), 'utf8');

test('--plan changes nothing', () => {
  const done = fix('./shop', '--plan', '--format', 'json');
  assert.equal(done.code, 0, done.stderr);
  assert.deepEqual(JSON.parse(done.stdout).totals, { open: 2, removed: 2, left: 0 });
  assert.equal(read('shop/requirements.txt'), pins);
  assert.match(fix('./shop', '--plan').stdout, /Raise dependency keelson from 1.0.0 to 1.0.1/);
});

test('without a terminal the diff is shown and nothing is written', () => {
  const done = fix('./shop');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /^-keelson==1.0.0 # why\n\+keelson==1.0.1 # why$/m);
  assert.match(done.stdout, /mast@1.0.0: its interface may have changed in 2.0.0: --breaking takes it/);
  assert.match(done.stdout, /Nothing was written to requirements.txt: without a terminal to ask on, --yes writes/);
  assert.equal(read('shop/requirements.txt'), pins);
});

test('--yes writes, scans again, and leaves a way back', () => {
  const done = fix('./shop', '--yes', '--breaking', '--undo-file', 'undo.patch');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /Scanned again: removed 2, left 0\./);
  assert.equal(read('shop/requirements.txt'), 'keelson==1.0.1 # why\nmast==2.0.0\n');
  assert.match(read('undo.patch'), /^-keelson==1.0.1 # why\n-mast==2.0.0\n\+keelson==1.0.0 # why\n\+mast==1.0.0$/m);
});

test('--only takes a package, a step or a vulnerability', () => {
  for (const only of ['keelson', 'keelson@1.0.0', 'GHSA-keelson']) {
    const done = fix('./shop', '--only', only);
    assert.match(done.stdout, /\+keelson==1.0.1/);
    assert.doesNotMatch(done.stdout, /mast@/);
  }
  assert.match(fix('./shop', '--only', 'none').stdout, /No step of the plan is about none/);
});

test('of an image the Dockerfile is edited', () => {
  const done = fix('image.tar', '--dockerfile', 'Dockerfile', '--yes');
  assert.equal(done.code, 0, done.stderr);
  assert.equal(read('Dockerfile'), 'FROM debian:12\nRUN apt-get install -y libkeel1=1.2-3+deb12u1\n');
  assert.match(fix('image.tar').stdout, /Raise package keel/, 'without one there is the plan');
});

test('configuration is edited check by check, shown, and asked again', () => {
  const compose = '# ours\nservices:\n  web:\n    image: x:1@sha256:0 # pinned\n    privileged: true\n';
  mkdirSync(join(work, 'deploy'), { recursive: true });
  writeFileSync(join(work, 'deploy/compose.yaml'), compose);
  const only = ['--only', 'misconfiguration'];
  const plan = JSON.parse(fix('./deploy', '--plan', '--format', 'json', ...only).stdout);
  assert.deepEqual(plan.scanners, ['misconfiguration'], 'vulnerabilities are not asked about');
  assert.ok(
    plan.configuration.files[0].steps.some(({ id }: { id: string }) => id === 'compose-privileged@compose.yaml'),
  );

  const careful = fix('./deploy', '--yes', '--undo-file', 'deploy.patch', ...only);
  assert.equal(careful.code, 0, careful.stderr);
  assert.match(careful.stdout, /^\+ {4}security_opt: \["no-new-privileges:true"\]$/m);
  assert.match(careful.stdout, /compose-privileged@compose.yaml: it may break .*: --breaking takes it/);
  assert.match(careful.stdout, /Scanned again: misconfigurations: removed 1, left \d+\./);
  assert.match(read('deploy/compose.yaml'), /^# ours\nservices:\n {2}web:\n {4}image: x:1@sha256:0 # pinned\n/);

  const severe = fix('./deploy', '--yes', '--breaking', '--severity', 'critical', ...only);
  assert.match(severe.stdout, /^\+ {4}privileged: false$/m);
  assert.doesNotMatch(severe.stdout, /cap_drop/);
  assert.match(
    fix('./deploy', '--only', 'compose-privileged').stdout,
    /No step of the plan is about compose-privileged/,
  );
  assert.match(read('deploy.patch'), /^-.*no-new-privileges/m);
});
