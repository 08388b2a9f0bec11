import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isComponent, linkIn, missingReference } from './local-references.ts';
import { findProjects } from './projects.ts';
import { type RenderOptions, renderProjects } from './render.ts';
import { SourceLines } from './source-lines.ts';
import { findTool } from './tool.ts';

const place = mkdtempSync(join(tmpdir(), 'plimsoll-render-test-'));
after(() => rmSync(place, { recursive: true }));

/** Files by path; the directory that they are in. */
function tree(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(place, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** A directory for the PATH with one program. */
function program(name: string, body: string): string {
  const directory = mkdtempSync(join(place, 'bin-'));
  writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(directory, name), 0o755);
  return directory;
}

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0.0
      securityContext:
        privileged: true
`;

const chart = tree('chart', {
  'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'web/templates/pod.yaml': pod
    .replace('true', '{{ .Values.privileged }}')
    .replace('name: web', 'name: {{ .Release.Name }}'),
  'web/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'web/charts/db/templates/pod.yaml': '{{ .Values.x }}\n',
});
const sourced = `---\n# Source: web/templates/pod.yaml\n${pod}`;
const writes = (text: string) => `/bin/cat <<'END'\n${text}\nEND`;

function render(root: string, searchPath: string, more: Partial<RenderOptions> = {}) {
  const signal = new AbortController().signal;
  return renderProjects(root, { checks: { today: '2026-11-24' }, searchPath, signal, ...more });
}

describe('projects', () => {
  test('charts within a chart are parts of it', async () => {
    const root = tree('found', {
      'a/Chart.yaml': '',
      'a/charts/b/Chart.yaml': '',
      'a/charts/b/kustomization.yaml': '',
      'charts/c/Chart.yaml': '',
      'd/kustomization.yml': '',
      'e/Kustomization': '',
      'node_modules/f/Chart.yaml': '',
      'g/chart.yaml': '',
    });
    const found = await findProjects(root);
    assert.deepEqual(
      found.map(({ kind, path, file }) => `${kind} ${path}/${file}`),
      [
        'chart a/Chart.yaml',
        'chart charts/c/Chart.yaml',
        'kustomization d/kustomization.yml',
        'kustomization e/Kustomization',
      ],
    );
  });
});

describe('what a kustomization names', () => {
  const table: readonly [what: string, files: Readonly<Record<string, string>>, missing: string | undefined][] = [
    ['files that are here', { 'kustomization.yaml': 'resources: [pod.yaml]\n', 'pod.yaml': pod }, undefined],
    ['a file that is not', { 'kustomization.yaml': 'resources: [pod.yaml]\n' }, 'pod.yaml'],
    [
      'an address',
      { 'kustomization.yaml': 'resources:\n  - https://example.com/x.yaml\n' },
      'https://example.com/x.yaml',
    ],
    [
      'a repository',
      { 'kustomization.yaml': 'bases: ["github.com/example/x?ref=v1"]\n' },
      'github.com/example/x?ref=v1',
    ],
    ['a component', { 'kustomization.yaml': 'components: [git@example.com:x]\n' }, 'git@example.com:x'],
    [
      'a base that names an address',
      { 'kustomization.yaml': 'resources: [base]\n', 'base/kustomization.yml': 'resources: ["http://x"]\n' },
      'http://x',
    ],
    ['itself', { 'kustomization.yaml': 'resources: [a]\n', 'a/kustomization.yaml': 'resources: [../a]\n' }, undefined],
    ['what is written in place', { 'kustomization.yaml': 'transformers:\n  - |-\n    kind: X\n    a: 1\n' }, undefined],
  ];
  for (const [index, [what, files, missing]] of table.entries())
    test(what, async () => {
      const reason = await missingReference(tree(`named-${index}`, files));
      assert.equal(reason, missing && `${missing} is not here, and nothing is fetched for it`);
    });
  test('what cannot be read is not built', async () => {
    const root = tree('unreadable', { 'kustomization.yaml': 'resources: [a\n: : :\n"' });
    assert.match((await missingReference(root)) ?? '', /cannot be read/);
  });
  test('a component is not built alone', async () => {
    const root = tree('component', { 'a.yaml': 'kind: Component\n', 'b.yaml': 'kind: Kustomization\n' });
    assert.deepEqual([await isComponent(join(root, 'a.yaml')), await isComponent(join(root, 'b.yaml'))], [true, false]);
  });
});

describe('lines of templates', () => {
  const sources = new SourceLines(
    '---\n# Source: web/templates/a.yaml\nkind: Pod\nspec:\n  name: a\n---\nx: 1\n---\n# Source: web/../../etc/passwd\ny: 1\n',
  );
  const template = 'kind: Pod\nmetadata:\n  name: {{ .x }}\nspec:\n  # text\n    name: b\n';
  const table: readonly [line: number, file: string | undefined, inTemplate: number][] = [
    [3, 'templates/a.yaml', 1],
    [4, 'templates/a.yaml', 4],
    [5, 'templates/a.yaml', 3],
    [7, undefined, 1],
    [10, undefined, 1],
    [99, undefined, 1],
  ];
  for (const [line, file, inTemplate] of table)
    test(`line ${line}`, () =>
      assert.deepEqual([sources.fileOf(line), sources.lineIn(template, line)], [file, inTemplate]));
});

describe('a chart', () => {
  test('findings name the template and its line', async () => {
    const { findings, projects, notAssessed } = await render(chart, program('helm', writes(sourced)));
    const found = findings.find(({ id }) => id === 'kubernetes-privileged');
    assert.deepEqual(
      [found?.location.path, found?.position.line, found?.fix],
      ['web/templates/pod.yaml', 10, undefined],
    );
    assert.match(found?.message ?? '', /, as chart web renders it$/);
    assert.deepEqual([projects.length, notAssessed], [1, []]);
  });

  test('the tool gets neither environment nor home of whoever scans, nor a shell', async () => {
    process.env['PLIMSOLL_TEST_SECRET'] = 'not-for-charts';
    const helm = program('helm', `echo "$@" >&2; /usr/bin/env >&2; exit 1`);
    const { notAssessed } = await render(chart, helm, { limits: { maxBytes: 100_000 } });
    delete process.env['PLIMSOLL_TEST_SECRET'];
    const [{ reason } = { reason: '' }] = notAssessed;
    assert.match(reason, /template rendered \/.*\/web --namespace rendered .*--skip-tests --include-crds/);
    assert.doesNotMatch(reason, /not-for-charts/);
    assert.doesNotMatch(reason, new RegExp(`HOME=${process.env['HOME']}(?: |$)`));
  });

  const faults: readonly [what: string, body: string, limits: RenderOptions['limits'], reason: RegExp][] = [
    [
      'an error of the tool',
      'echo "Error: found in Chart.yaml, but missing in charts/: db" >&2; exit 1',
      {},
      /missing in charts\/: db/,
    ],
    ['one without words', 'exit 3', {}, /^the chart was not rendered: ./],
    ['too much', writes('x'.repeat(2000)), { maxBytes: 1000 }, /more than 1000 bytes/],
    ['no end', 'exec /bin/sleep 60', { timeoutMs: 100 }, /longer than 0\.1 seconds/],
  ];
  for (const [what, body, limits, reason] of faults)
    test(what, async () => {
      const { findings, notAssessed, problems, projects } = await render(chart, program('helm', body), {
        limits: limits ?? {},
      });
      assert.deepEqual([findings, projects], [[], []]);
      assert.match(notAssessed[0]?.reason ?? '', reason);
      assert.deepEqual([problems[0]?.code, problems[0]?.subject], ['not-rendered', 'web/Chart.yaml']);
    });

  test('without the tool it is named', async () => {
    const { notAssessed } = await render(chart, join(place, 'nothing'));
    assert.deepEqual(notAssessed, [
      { path: 'web/Chart.yaml', reason: 'the chart was not rendered: helm is not installed here' },
    ]);
  });

  test('directories of the PATH within what is scanned do not count', async () =>
    assert.equal(await findTool('chart', '.:bin:'), undefined));

  test('with a link it is not rendered', async () => {
    const root = tree('linked', { 'Chart.yaml': 'apiVersion: v2\nname: x\n' });
    symlinkSync('/etc/passwd', join(root, 'values.yaml'));
    assert.equal(await linkIn(root), 'values.yaml');
    const { notAssessed } = await render(root, program('helm', writes(sourced)));
    assert.match(notAssessed[0]?.reason ?? '', /values\.yaml is a link/);
  });
});

describe('a kustomization', () => {
  const root = tree('kustomization', {
    'kustomization.yaml': 'namePrefix: x-\nresources: [pod.yaml]\n',
    'pod.yaml': pod,
  });

  test('findings name its file', async () => {
    const { findings } = await render(root, program('kubectl', writes(pod)));
    const found = findings.find(({ id }) => id === 'kubernetes-privileged');
    assert.deepEqual([found?.location.path, found?.position.line], ['kustomization.yaml', 1]);
  });

  test('nothing is fetched for one', async () => {
    const remote = tree('remote', { 'kustomization.yaml': 'resources: ["https://example.com/x.yaml"]\n' });
    const { notAssessed, findings } = await render(remote, program('kustomize', writes(pod)));
    assert.deepEqual(findings, []);
    assert.match(notAssessed[0]?.reason ?? '', /is not here, and nothing is fetched for it/);
  });
});

describe('with the real tools', () => {
  const searchPath = process.env['PATH'] ?? '';
  let hasHelm = false;
  let hasKustomize = false;
  before(async () => {
    hasHelm = (await findTool('chart', searchPath)) !== undefined;
    hasKustomize = (await findTool('kustomization', searchPath)) !== undefined;
  });

  test('helm', async (context) => {
    if (!hasHelm) return context.skip('helm is not installed');
    const root = tree('real-chart', {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': 'privileged: true\n',
      'templates/pod.yaml': pod.replace('true', '{{ .Values.privileged }}'),
    });
    const { findings, notAssessed } = await render(root, searchPath);
    assert.deepEqual(notAssessed, []);
    const found = findings.find(({ id }) => id === 'kubernetes-privileged');
    assert.deepEqual([found?.location.path, found?.position.line], ['templates/pod.yaml', 10]);
  });

  test('kustomize', async (context) => {
    if (!hasKustomize) return context.skip('neither kustomize nor kubectl is installed');
    const root = tree('real-kustomization', {
      'kustomization.yaml': 'namePrefix: x-\nresources: [pod.yaml]\n',
      'pod.yaml': pod,
    });
    const { findings, notAssessed } = await render(root, searchPath);
    assert.deepEqual(notAssessed, []);
    assert.equal(findings.find(({ id }) => id === 'kubernetes-privileged')?.resource?.name, 'x-web');
  });
});
