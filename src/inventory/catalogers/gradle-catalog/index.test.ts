import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { parseCatalog } from './parse.ts';

test('reads libraries and plugins in every form', () => {
  const sample = readFileSync(new URL('testdata/libs.versions.toml', import.meta.url));
  const { packages, problems } = parseCatalog(inputFile('gradle/libs.versions.toml', sample));
  assert.deepEqual(
    packages.map(({ name, version, scope }) => `${name} ${version} ${scope}`),
    [
      'org.apache.commons:commons-text 1.9 runtime',
      'org.jetbrains.kotlin:kotlin-stdlib 1.9.0 runtime',
      'com.google.guava:guava 31.1-jre runtime',
      'org.slf4j:slf4j-api 1.7.30 runtime',
      'org.example:open  runtime',
      'org.example:managed  runtime',
      'org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin 1.9.0 development',
      'com.github.johnrengelman.shadow:com.github.johnrengelman.shadow.gradle.plugin 8.1.1 development',
    ],
  );
  assert.deepEqual(
    problems.map(({ code, count }) => `${code} ${count ?? 1}`),
    ['gradle-catalog-version-open 2', 'gradle-catalog-record-unusable 1'],
  );
});

test('a broken catalog is said to be broken', () => {
  const { problems } = parseCatalog(inputFile('libs.versions.toml', '[versions'));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['gradle-catalog-unreadable'],
  );
});
