import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFile } from '../../../../test/kit/input-file.ts';
import { gradleLockfile } from './index.ts';

const sample = readFileSync(new URL('testdata/gradle.lockfile', import.meta.url), 'utf8');

for (const [path, content, rows, codes] of [
  [
    'gradle.lockfile',
    sample,
    [
      'com.google.guava:guava 31.1-jre runtime',
      'org.junit.jupiter:junit-jupiter 5.9.2 development',
      'org.projectlombok:lombok 1.18.26 development',
    ],
    [],
  ],
  ['buildscript-gradle.lockfile', 'a:b:1=classpath\n', ['a:b 1 development'], []],
  ['gradle/dependency-locks/runtimeClasspath.lockfile', 'a:b:1\r\nc:d:2\r\n', ['a:b 1 runtime', 'c:d 2 runtime'], []],
  ['other.lockfile', 'a:b:1=c\n', [], []],
  ['gradle.lockfile', '<<<<<<< ours\na:b:1=c\n', ['a:b 1 runtime'], ['gradle-lockfile-record-unusable']],
] as const) {
  test(`reads ${path} with ${codes.join() || 'no'} problem`, () => {
    const { fragment, problems } = gradleLockfile.read(inputFile(`app/${path}`, content));
    assert.deepEqual(fragment?.packages.map((p) => `${p.name} ${p.version} ${p.scope}`) ?? [], rows);
    assert.deepEqual(
      problems.map(({ code }) => code),
      codes,
    );
  });
}
