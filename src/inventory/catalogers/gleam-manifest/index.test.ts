import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { gleamManifest } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(gleamManifest, { 'app/manifest.toml': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

test('reads packages and their graph', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/manifest.toml', import.meta.url), 'utf8')), [
    'gleam_json 1.0.0 direct > gleam_stdlib@0.34.0 thoas@0.4.1',
    'gleam_stdlib 0.34.0 transitive',
    'thoas 0.4.1 transitive',
    'tides 0.1.0 direct vcs_url=git+https://git.example.org/tides.git@0123456789',
  ]);
});

for (const [what, text, expected] of [
  ['no TOML', '[', ['gleam-manifest-unreadable 1']],
  ['another tool’s file', 'name = "x"', []],
  [
    'a bad package',
    'packages = [7, { name = "a", version = "1" }]',
    ['a 1 transitive', 'gleam-manifest-record-unusable 1'],
  ],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
