import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogFiles, packageLine, problemLine } from '../../../../test/kit/catalog-files.ts';
import { bazelMaven } from './index.ts';

function lines(text: string): string[] {
  const { packages, problems } = catalogFiles(bazelMaven, { 'app/maven_install.json': text });
  return [...packages.map(packageLine), ...problems.map(problemLine)];
}

const sample = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

test('reads the form that names artifacts and their graph apart', () => {
  assert.deepEqual(lines(sample('maven_install.json')), [
    'com.google.guava:failureaccess 1.0.1',
    'com.google.guava:guava 31.1-jre > com.google.guava:failureaccess@1.0.1',
    'androidx.core:core 1.0.0 > com.google.guava:guava@31.1-jre',
  ]);
});

test('reads the first form', () => {
  assert.deepEqual(lines(sample('maven_install.json.v1')), [
    'com.google.guava:guava 31.1-jre > com.google.guava:failureaccess@1.0.1',
    'com.google.guava:failureaccess 1.0.1',
  ]);
});

for (const [what, text, expected] of [
  ['no JSON', '[', ['bazel-maven-unreadable 1']],
  ['something else', '{"dependencies":{}}', ['bazel-maven-unreadable 1']],
  [
    'a bad artifact',
    '{"artifacts":{"a":{"version":"1"},"b:c":{},"d:e":{"version":"1"}}}',
    ['d:e 1', 'bazel-maven-record-unusable 2'],
  ],
] as const) {
  test(`reads what it can of ${what}`, () => assert.deepEqual(lines(text), expected));
}
