import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, problemLine } from '../../../../test/kit/catalog-files.ts';
import { zigZon } from './index.ts';

test('reads archives and repositories', () => {
  const text = readFileSync(new URL('testdata/build.zig.zon', import.meta.url), 'utf8');
  const { packages, problems } = catalogFiles(zigZon, { 'app/build.zig.zon': text });
  assert.deepEqual(
    packages.map(({ name, version, qualifiers }) => `${name} ${version} ${Object.keys(qualifiers ?? {})}`),
    [
      'zap 0.9.1 download_url',
      'tides 0.2.0 vcs_url',
      'by-commit 0123456789abcdef0123456789abcdef01234567 download_url',
      'nameless  download_url',
    ],
  );
  assert.deepEqual(problems.map(problemLine), ['zig-zon-version-open 1']);
});

test('something else has no packages', () => {
  assert.deepEqual(catalogFiles(zigZon, { 'build.zig.zon': '.{ .a = .{ .{ "' }), { packages: [], problems: [] });
});
