import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { bazelModule } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(bazelModule, { 'app/MODULE.bazel': text });
  return [...packages.map((found) => `${found.type} ${packageLine(found)}`), ...problems.map(problemLine)];
}

test('reads modules and Java libraries', () => {
  assert.deepEqual(lines(readFileSync(new URL('testdata/MODULE.bazel', import.meta.url), 'utf8')), [
    'bazel rules_java 7.8.0 direct',
    'bazel googletest 1.14.0.bcr.1 development direct',
    'bazel overridden direct',
    'maven com.google.guava:guava 31.1-jre direct',
    'bazel-module-version-open 1',
  ]);
});

test('a call without a name is said to be unusable', () => {
  assert.deepEqual(lines('bazel_dep(version = "1")\nbazel_dep(name = NAME)'), ['bazel-module-record-unusable 2']);
});
