import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '#analysis/index.ts';
import { checkFiles, type MisconfigurationFinding } from '#checks/index.ts';
import type { Rendered } from './render.ts';
import { withRendered } from './with-rendered.ts';

const today = '2026-11-24';
const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostPID: true, containers: []}\n`;
const template = 'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n';

function checked(path: string, text: string) {
  return checkFiles([{ path, fragment: { kind: 'yaml', text } }], { today });
}

function analysisOf(...files: readonly (readonly [path: string, text: string])[]): Analysis {
  const { findings, summary, problems } = checkFiles(
    files.map(([path, text]) => ({ path, fragment: { kind: 'yaml', text } })),
    { today },
  );
  const inventory = {
    packages: [],
    problems,
    statistics: { layers: 0, files: 0, bytes: 0 },
  } as unknown as Analysis['inventory'];
  return { inventory, secrets: [], malware: [], misconfigurations: findings, checks: summary, costs: [] };
}

function renderedAs(path: string, text: string, kind: 'chart' | 'kustomization', directory: string): Rendered {
  const { findings, summary } = checked(path, text);
  const project = { kind, path: directory, directory: `/${directory}`, file: `${kind}.yaml` };
  return { findings, summaries: [summary], problems: [], projects: [project], notAssessed: [] };
}

const ids = (findings: readonly MisconfigurationFinding[]) =>
  findings.filter(({ id }) => id === 'kubernetes-host-pid').map(({ location }) => location.path);

test('what a chart makes takes the place of what could not be said of its templates', () => {
  const analysis = analysisOf(['web/templates/pod.yaml', template], ['other/pod.yaml', template]);
  const both = withRendered(analysis, renderedAs('web/templates/pod.yaml', pod('web'), 'chart', 'web'));
  assert.deepEqual(ids(both.misconfigurations), ['web/templates/pod.yaml']);
  assert.deepEqual(
    both.checks?.notAssessed.map(({ path }) => path),
    ['other/pod.yaml'],
  );
  const [problem] = both.inventory.problems;
  assert.deepEqual([problem?.subject, problem?.count], ['other/pod.yaml', 1]);
  assert.equal(both.checks?.documents, 1);
  assert.equal(both.checks?.byCheck['kubernetes-host-pid']?.failed, 1);
});

test('a fact that was found in a file is not told again of what is made from it', () => {
  const analysis = analysisOf(['base/pod.yaml', pod('web')]);
  const both = withRendered(analysis, renderedAs('prod/kustomization.yaml', pod('prod-web'), 'kustomization', 'prod'));
  assert.deepEqual(ids(both.misconfigurations), ['base/pod.yaml']);
});

test('another object of the same kind is another', () => {
  const analysis = analysisOf(['base/pod.yaml', pod('web')]);
  const both = withRendered(analysis, renderedAs('prod/kustomization.yaml', pod('api'), 'kustomization', 'prod'));
  assert.deepEqual(ids(both.misconfigurations), ['base/pod.yaml', 'prod/kustomization.yaml']);
});
