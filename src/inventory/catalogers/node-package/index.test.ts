import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { nodePackage } from './index.ts';

const sample = readFileSync(new URL('testdata/package.json', import.meta.url), 'utf8');

function lines(files: Record<string, string>): string[] {
  const { packages, problems } = catalogFiles(nodePackage, files);
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads a package where packages are', () => {
  const line = '@harbour/charts 2.4.1 (MIT OR Apache-2.0)';
  for (const path of [
    'app/node_modules/@harbour/charts/package.json',
    'usr/lib/node_modules/@harbour/charts/package.json',
    'usr/lib/node_modules/x/node_modules/@harbour/charts/package.json',
    'app/node_modules/.pnpm/@harbour+charts@2.4.1/node_modules/@harbour/charts/package.json',
    'usr/share/nodejs/@harbour/charts/package.json',
    'usr/lib/x86_64-linux-gnu/nodejs/charts/package.json',
    'opt/charts-v2.4.1/package.json',
    'opt/charts-2.4.1/package.json',
  ])
    assert.deepEqual(lines({ [path]: sample }), [line], path);
});

test('passes over what only looks like a package', () => {
  for (const path of [
    'app/package.json',
    'usr/share/nodejs/charts/dist/package.json',
    'app/node_modules/@harbour/charts/esm/package.json',
    'app/node_modules/@harbour/charts/test/fixture/package.json',
    'opt/charts-9.9.9/package.json',
    'app/charts-test/package.json',
  ])
    assert.deepEqual(lines({ [path]: sample }), [], path);
});

for (const [what, text, expected] of [
  ['an alias by its own name', '{"name":"other","version":"1.0.0"}', ['other 1.0.0']],
  ['a package without a name by its folder', '{"version":"1.0.0"}', ['x 1.0.0']],
  ['a `v` before the version', '{"name":"x","version":"v1.0.0"}', ['x 1.0.0']],
  ['licences as old packages have them', '{"name":"x","version":"1.0.0","license":{"type":"BSD"}}', ['x 1.0.0 (BSD)']],
  ['a list of licences', '{"version":"1","licenses":[{"type":"MIT"},"ISC",7]}', ['x 1 (MIT, ISC)']],
  ['a fixture without a version', '{"name":"x","main":"index.js"}', []],
  ['a version that is no text', '{"name":"x","version":1}', []],
  ['a list', '[]', []],
  ['a file that was cut', '{"name":"x","vers', ['node-package-unreadable 1']],
  ['a name with a line break', '{"name":"x\\ny","version":"1"}', ['node-package-record-unusable 1']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(lines({ 'app/node_modules/x/package.json': text }), expected));
}
