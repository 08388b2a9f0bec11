import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { githubActions } from './index.ts';

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

function lines(path: string, text: string): string[] {
  const { packages, problems } = catalogFiles(githubActions, { [path]: text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads what a workflow uses', () => {
  assert.deepEqual(lines('.github/workflows/ci.yml', sample('.github/workflows/ci.yml')), [
    'github actions/checkout v5.0.0 direct vcs_url=git+https://github.com/actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8',
    'github actions/setup-node v4 direct',
    'github github/codeql-action/analyze v3.28.1 direct',
    'github harbour/unknown 0123456789abcdef0123456789abcdef01234567 direct',
    'docker harbour/tool 1.2 direct repository_url=ghcr.io',
    'docker alpine',
    'github harbour/workflows/.github/workflows/release.yml main direct',
    'github-actions-version-open 1',
  ]);
});

test('reads what an action uses', () => {
  assert.deepEqual(lines('own/action.yml', sample('action.yml')), ['github actions/cache v4 direct']);
});

for (const [what, text, expected] of [
  ['a name of another form', 'jobs:\n  a:\n    steps:\n      - uses: what\n', ['github-actions-record-unusable 1']],
  ['other steps', 'jobs:\n  a:\n    steps: none\n  b: 7\n', []],
  ['aliases that nest', 'a: &a [x]\nb: &b [*a, *a]\njobs: *b\n', []],
  ['nesting without an end', `jobs: ${'['.repeat(1000)}`, ['github-actions-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines('.github/workflows/a.yml', text), expected));
}
