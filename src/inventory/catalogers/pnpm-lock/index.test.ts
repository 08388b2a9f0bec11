import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { pnpmLock } from './index.ts';

function lines(text: string, path = 'app/pnpm-lock.yaml'): string[] {
  const { packages, problems } = catalogFiles(pnpmLock, { [path]: text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

function sample(name: string): string {
  return readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');
}

test('reads version 9: snapshots, peers, workspaces, aliases, repositories', () => {
  assert.deepEqual(lines(sample('pnpm-lock.yaml')), [
    '@harbour/charts 2.1.0 direct > lint@9.1.0 tide@1.5.0',
    'left-pad 1.3.0 direct',
    'lint 9.1.0 direct > native@1.0.0 tide@1.5.0',
    'native 1.0.0 optional transitive',
    'repo 0.3.0 direct > tide@1.5.0',
    'tide 1.5.0 transitive',
    'watch 1.0.2 optional direct',
  ]);
});

test('reads version 5, which says itself what is for development', () => {
  assert.deepEqual(lines(sample('pnpm-lock.yaml.v5')), [
    '@harbour/charts 2.1.0 direct > lint@9.1.0 tide@1.5.0',
    'left-pad 1.3.0 direct',
    'lint 9.1.0 development direct',
    'tide 1.5.0 transitive',
    'repo 0.3.0 direct',
  ]);
});

test('reads version 6', () => {
  const text = `lockfileVersion: '6.0'
dependencies:
  a:
    specifier: ^1.0.0
    version: 1.0.0(b@2.0.0)
packages:
  /@x/c@3.0.0-rc.1:
    dev: true
  /a@1.0.0(b@2.0.0):
    dependencies:
      b: 2.0.0
    dev: false
  /b@2.0.0:
    optional: true
`;
  assert.deepEqual(lines(text), [
    '@x/c 3.0.0-rc.1 development transitive',
    'a 1.0.0 direct > b@2.0.0',
    'b 2.0.0 optional transitive',
  ]);
});

test('pnpm itself, in a document of its own, is for development', () => {
  const text = `---
lockfileVersion: '9.0'
importers:
  .:
    packageManagerDependencies:
      pnpm:
        specifier: ^11.0.0
        version: 11.0.0
packages:
  pnpm@11.0.0: {}
snapshots:
  pnpm@11.0.0: {}
---
lockfileVersion: '9.0'
packages:
  a@1.0.0: {}
`;
  assert.deepEqual(lines(text), ['pnpm 11.0.0 development direct', 'a 1.0.0 transitive']);
});

test('the lock file of a package that is installed is not the project’s', () => {
  assert.deepEqual(lines(sample('pnpm-lock.yaml'), 'app/node_modules/x/pnpm-lock.yaml'), []);
});

for (const [what, text, expected] of [
  [
    'a key that is no package',
    "lockfileVersion: '6.0'\npackages:\n  what: {}\n  /a@1.0.0: {}\n",
    ['a 1.0.0 transitive', 'pnpm-lock-record-unusable 1'],
  ],
  [
    'a line of another form',
    "lockfileVersion: '6.0'\npackages:\n<<<<<<< HEAD\n  /a@1.0.0: {}\n",
    ['pnpm-lock-line-unreadable 1'],
  ],
  ['a lock file without packages', "lockfileVersion: '9.0'\n", []],
  ['something else', 'a: 1\n', ['pnpm-lock-unreadable 1']],
  ['nesting without an end', '['.repeat(100_000), ['pnpm-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('aliases that multiply and circles of packages end', () => {
  const bombs = Array.from(
    { length: 30 },
    (_, level) => `b${level}: &b${level} [${`*b${level - 1}, `.repeat(level === 0 ? 0 : 9)}x]`,
  );
  const circle = 'packages:\n  /a@1.0.0:\n    dependencies: {b: 1.0.0}\n  /b@1.0.0:\n    dependencies: {a: 1.0.0}\n';
  assert.deepEqual(lines(`lockfileVersion: '6.0'\n${bombs.join('\n')}\ndependencies: {a: 1.0.0}\n${circle}`), [
    'a 1.0.0 direct > b@1.0.0',
    'b 1.0.0 transitive > a@1.0.0',
  ]);
});
