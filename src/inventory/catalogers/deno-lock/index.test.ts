import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { denoLock } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(denoLock, { 'app/deno.lock': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages of npm and JSR', () => {
  const jsr = 'repository_url=https://npm.jsr.io';
  assert.deepEqual(lines(readFileSync(new URL('testdata/deno.lock', import.meta.url), 'utf8')), [
    '@harbour/charts 2.1.0 transitive > pad@1.3.0',
    'lint 9.1.0 direct > @harbour/charts@2.1.0 pad@1.2.0 watch@1.0.2',
    'pad 1.2.0 transitive',
    'pad 1.3.0 transitive',
    'watch 1.0.2 transitive',
    `@jsr/harbour__tide 1.5.0 direct ${jsr} > @jsr/harbour__chart@1.0.8`,
    `@jsr/harbour__chart 1.0.8 transitive ${jsr}`,
  ]);
});

test('reads versions 2 and 3, where needs are named', () => {
  const npm = { 'a@1.0.0': { dependencies: { b: 'b@2.0.0' } }, 'b@2.0.0': { dependencies: {} } };
  const expected = ['a 1.0.0 direct > b@2.0.0', 'b 2.0.0 transitive'];
  const v3 = { version: '3', packages: { specifiers: { 'npm:a@1': 'npm:a@1.0.0' }, npm } };
  assert.deepEqual(lines(JSON.stringify(v3)), expected);
  const v2 = { version: '2', npm: { specifiers: { 'a@1': 'a@1.0.0' }, packages: npm } };
  assert.deepEqual(lines(JSON.stringify(v2)), expected);
});

for (const [what, text, expected] of [
  [
    'a key without a version',
    '{"version":"4","npm":{"a":{},"b@1.0.0":{}}}',
    ['b 1.0.0', 'deno-lock-record-unusable 1'],
  ],
  ['a scope that is none', '{"version":"4","jsr":{"a@1.0.0":{}}}', ['deno-lock-record-unusable 1']],
  ['something else', '{"a":1}', ['deno-lock-unreadable 1']],
  ['no JSON', '{', ['deno-lock-unreadable 1']],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}

test('a package.json beside it tells what is for development', () => {
  const npm = { 'chalk@5.3.0': {}, 'debug@4.4.3': { dependencies: ['ms'] }, 'ms@2.1.3': {} };
  const specifiers = { 'npm:chalk@5.3.0': '5.3.0', 'npm:debug@^4.3.4': '4.4.3' };
  const workspace = { packageJson: { dependencies: ['npm:chalk@5.3.0', 'npm:debug@^4.3.4'] } };
  const { packages } = catalogFiles(denoLock, {
    'app/deno.lock': JSON.stringify({ version: '5', specifiers, npm, workspace }),
    'app/package.json': '{"dependencies":{"chalk":"5.3.0"},"devDependencies":{"debug":"^4.3.4"}}',
  });
  assert.deepEqual(packages.map(packageLine), [
    'chalk 5.3.0 direct',
    'debug 4.4.3 development direct > ms@2.1.3',
    'ms 2.1.3 development transitive',
  ]);
});
