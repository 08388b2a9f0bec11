import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { MisconfigurationFinding } from '#checks/index.ts';
import { reporters } from '#reporters/index.ts';
import { type ScanReport, scan } from '#scan/index.ts';

const place = mkdtempSync(join(tmpdir(), 'plimsoll-checks-test-'));
after(() => rmSync(place, { recursive: true }));

const compose = `services:
  web:
    image: nginx:1.29
    privileged: true
  # plimsoll:ignore compose-user-missing until 2999-01-01 the entrypoint drops its rights
  db:
    image: postgres:18
    environment:
      POSTGRES_PASSWORD: correct-horse-battery
    network_mode: host # plimsoll:ignore compose-host-network until 2001-01-01 over long ago
`;

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.29
          securityContext:
            privileged: true
`;

const files: Readonly<Record<string, string>> = {
  Dockerfile: 'FROM debian:latest\nRUN curl -k https://example.com/install.sh | sh\nUSER root\n',
  'compose.yaml': compose,
  'deploy/web.yaml': manifest,
  'deploy/list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }),
  'deploy/broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: [\n',
  'chart/templates/web.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n',
  '.github/workflows/ci.yaml': 'on: push\njobs: {build: {services: {db: {image: postgres}}}}\n',
  'settings.yaml': 'services:\n  Mailer: "@mailer"\n',
  'node_modules/foreign/docker-compose.yml': compose,
};

const exceptions = `exceptions:
  - id: compose-privileged
    path: compose.yaml
    reason: it loads a kernel module
    expires: 2999-01-01
`;

function write(root: string, contents: Readonly<Record<string, string>>): string {
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function scanned(root: string, disabled: readonly string[] = []): Promise<ScanReport> {
  const exceptionFile = join(place, 'exceptions.yaml');
  writeFileSync(exceptionFile, exceptions);
  const done = await scan({
    target: `dir:${root}`,
    open: {},
    cache: 'none',
    advisories: 'none',
    includeKernelHeaders: false,
    search: { checks: { today: '2026-11-24', disabled } },
    decisions: { vex: [], attachedVex: false, exceptions: [exceptionFile] },
    signal: AbortSignal.timeout(60_000),
    onProgress: () => undefined,
  });
  assert.ok(done.ok);
  return done.value;
}

function found(report: ScanReport): MisconfigurationFinding[] {
  return report.findings.filter((one) => one.kind === 'misconfiguration');
}

function rendered(report: ScanReport, id: string): string {
  const reporter = reporters.find((one) => one.id === id);
  assert.ok(reporter);
  return [...reporter.render(report, { color: false, width: 120, verbose: true })].join('');
}

describe('a directory with a Dockerfile, a Compose file and manifests', () => {
  const root = join(place, 'project');
  let report: ScanReport;
  before(async () => {
    report = await scanned(write(root, files));
  });

  const at = (id: string, path: string) =>
    found(report)
      .filter((one) => one.id === id && one.location.path === path)
      .map(({ position, decision }) => `${position.line} ${decision?.state ?? 'open'}`);

  test('what is wrong is found in its line', () => {
    assert.deepEqual(at('compose-host-network', 'compose.yaml'), ['10 open']);
    assert.deepEqual(at('compose-secret-in-environment', 'compose.yaml'), ['9 open']);
    const subjects = new Set(found(report).map(({ subject }) => subject));
    assert.deepEqual([...subjects].sort(), ['compose', 'dockerfile', 'kubernetes']);
    const privileged = found(report).filter((one) => one.subject === 'kubernetes' && /privileged/.test(one.message));
    assert.ok(privileged.some(({ position, resource }) => position.line === 13 && resource?.name === 'web'));
  });

  test('comments and the file of exceptions accept; what has expired does not', () => {
    assert.deepEqual(at('compose-privileged', 'compose.yaml'), ['4 accepted']);
    assert.deepEqual(at('compose-user-missing', 'compose.yaml'), ['2 open', '6 accepted']);
  });

  test('files of others and YAML of other kinds are not asked about', () => {
    const paths = new Set(found(report).map(({ location }) => location.path));
    assert.deepEqual([...paths].sort(), ['Dockerfile', 'compose.yaml', 'deploy/web.yaml']);
  });

  test('what could not be read is named and does not pass for clean', () => {
    const holes = report.checks?.notAssessed.map(({ path }) => path).sort();
    assert.deepEqual(holes, ['chart/templates/web.yaml', 'deploy/broken.yaml']);
    const problems = report.problems.filter(({ code }) => code === 'file-not-checked');
    assert.deepEqual(problems.map(({ effect, subject }) => `${effect} ${subject}`).sort(), [
      'degraded chart/templates/web.yaml',
      'degraded deploy/broken.yaml',
    ]);
    assert.equal(report.checks?.documents, 3);
  });

  test('the table shows file, line, advice and how much was asked', () => {
    const text = rendered(report, 'table');
    assert.match(text, /^ {2}compose\.yaml$/m);
    assert.match(text, /high +line 9 +A secret stands in the file/);
    assert.match(text, /Evaluated \d+ checks on 3 documents; 2 places were not assessed\./);
    assert.doesNotMatch(text, /correct-horse/);
  });

  test('SARIF has the region and the edit that mends it', () => {
    const { runs } = JSON.parse(rendered(report, 'sarif'));
    const result = runs[0].results.find(
      (one: { ruleId: string }) => one.ruleId === 'misconfiguration/compose-new-privileges',
    );
    const { physicalLocation } = result.locations[0];
    assert.equal(physicalLocation.artifactLocation.uri, 'compose.yaml');
    assert.deepEqual(physicalLocation.region, { startLine: 2, startColumn: 3, endLine: 2, endColumn: 6 });
    const [{ deletedRegion, insertedContent }] = result.fixes[0].artifactChanges[0].replacements;
    const mended =
      compose.slice(0, deletedRegion.charOffset) +
      insertedContent.text +
      compose.slice(deletedRegion.charOffset + deletedRegion.charLength);
    assert.match(mended, /^ {4}security_opt: \["no-new-privileges:true"\]$/m);
  });

  test('JSON carries the summary and no secret', () => {
    const text = rendered(report, 'json');
    assert.equal(JSON.parse(text).checks.documents, 3);
    assert.doesNotMatch(text, /correct-horse/);
  });

  test('a check that is not wanted is not asked', async () => {
    const without = await scanned(root, ['compose-secret-in-environment']);
    assert.deepEqual(
      found(without).filter(({ id }) => id === 'compose-secret-in-environment'),
      [],
    );
    assert.ok((without.checks?.evaluated ?? 0) < (report.checks?.evaluated ?? 0));
  });
});

describe('from the command line', () => {
  const program = fileURLToPath(new URL('../../src/bin/plimsoll.ts', import.meta.url));
  const root = join(place, 'command');
  before(() => write(root, { 'compose.yaml': compose }));

  function run(...args: readonly string[]) {
    return spawnSync(process.execPath, [program, 'scan', `dir:${root}`, '--scanners', 'misconfiguration', ...args], {
      encoding: 'utf8',
      timeout: 60_000,
      cwd: place,
    });
  }

  test('--fail-on counts them', () => {
    const { status, stderr } = run('--fail-on', 'critical', '--quiet');
    assert.equal(status, 1);
    assert.match(stderr, /1 misconfiguration in 1 file \(1 critical\)/);
  });

  test('--skip-checks leaves one out, and says when there is none of the name', () => {
    assert.equal(run('--fail-on', 'critical', '--quiet', '--skip-checks', 'compose-privileged').status, 0);
    assert.match(run('--skip-checks', 'compose-privilege').stderr, /There is no check "compose-privilege"/);
  });
});
