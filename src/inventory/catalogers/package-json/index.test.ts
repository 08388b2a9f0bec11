import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { packageJson } from './index.ts';

const sample = readFileSync(new URL('testdata/package.json', import.meta.url), 'utf8');

function lines(files: Readonly<Record<string, string>>): string[] {
  const { packages, problems } = catalogFiles(packageJson, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads what a project without a lock file asks for', () => {
  assert.deepEqual(lines({ 'app/package.json': sample }), [
    'charts 2.1.0 direct',
    'tide direct',
    'left-pad 1.3.0 direct',
    'repo direct vcs_url=git+https://github.com/harbour/repo#v1',
    'archive direct download_url=https://example.org/archive-1.0.0.tgz',
    'watch 1.0.2 optional direct',
    '@harbour/lint development direct',
    'package-json-version-open 4',
  ]);
});

const asks = '{"dependencies":{"a":"1.0.0"}}';
for (const [what, files, expected] of [
  ['a lock beside it', { 'app/package.json': asks, 'app/yarn.lock': 'x' }, []],
  [
    'a lock above that is of another project',
    { 'app/package.json': asks, 'package-lock.json': '{}' },
    ['a 1.0.0 direct'],
  ],
  [
    'a lock of its workspace',
    { 'app/package.json': asks, 'bun.lock': '{}', 'package.json': '{"workspaces":["app"]}' },
    [],
  ],
  [
    'a lock of its workspace of pnpm',
    { 'x/app/package.json': asks, 'x/pnpm-lock.yaml': 'x', 'x/pnpm-workspace.yaml': 'x' },
    [],
  ],
  ['the place of a package', { 'app/node_modules/b/package.json': asks }, []],
  [
    'names of prototypes',
    { 'package.json': '{"dependencies":{"__proto__":"1.0.0","constructor":{}}}' },
    ['__proto__ 1.0.0 direct', 'package-json-record-unusable 1'],
  ],
  ['no JSON', { 'package.json': '{' }, ['package-json-unreadable 1']],
] as const) {
  test(`${what} is told from a project of its own`, () => assert.deepEqual(lines(files), expected));
}
